package org.velador.accounts.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * A person who signs in.
 *
 * <p>Its first password is given by somebody else, and so is one that was forgotten: such a password is temporary, and whoever signs in with
 * it can do nothing but choose an own one. An account is disabled, never removed: what was done under its name stays in its name.
 */
@Entity
@Table(name = "account")
public class Account {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Integer id;

    private String username;
    private String name;

    @Convert(converter = RolesConverter.class)
    private Set<Role> roles;

    @Column(name = "password_hash")
    private String passwordHash;

    @Column(name = "password_temporary")
    private boolean passwordTemporary;

    private boolean disabled;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @Column(name = "password_changed_at")
    private OffsetDateTime passwordChangedAt;

    @Version
    private int version;

    /** For JPA. */
    protected Account() {
    }

    /**
     * A new account, with a password that somebody else has chosen.
     *
     * @param username in lower case
     */
    public Account(String username, String name, Set<Role> roles, String passwordHash, OffsetDateTime now) {
        this.username = username;
        this.name = name;
        this.roles = EnumSet.copyOf(roles);
        this.createdAt = now;
        givePassword(passwordHash, now);
    }

    /** Usernames are the same whatever their case. */
    public static String normal(String username) {
        return username.strip().toLowerCase(Locale.ROOT);
    }

    public void describe(String newName, Set<Role> newRoles, boolean isDisabled) {
        this.name = newName;
        this.roles = EnumSet.copyOf(newRoles);
        this.disabled = isDisabled;
    }

    /** Somebody else has chosen it: good for choosing an own one. */
    public final void givePassword(String hash, OffsetDateTime now) {
        this.passwordHash = hash;
        this.passwordTemporary = true;
        this.passwordChangedAt = now;
    }

    /** The person has chosen it. */
    public void choosePassword(String hash, OffsetDateTime now) {
        this.passwordHash = hash;
        this.passwordTemporary = false;
        this.passwordChangedAt = now;
    }

    public Integer id() {
        return id;
    }

    public String username() {
        return username;
    }

    public String name() {
        return name;
    }

    public Set<Role> roles() {
        return Set.copyOf(roles);
    }

    public String passwordHash() {
        return passwordHash;
    }

    public boolean isPasswordTemporary() {
        return passwordTemporary;
    }

    public boolean isDisabled() {
        return disabled;
    }

    public OffsetDateTime createdAt() {
        return createdAt;
    }

    public int version() {
        return version;
    }
}
