package org.velador.accounts.entity;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What somebody may do. */
public enum Role {

    /** Hospital IT: accounts, devices, variables, places, limits, the site. No patient data. */
    ADMIN(Role.Name.ADMIN),

    /** Patients, their history, alarms. */
    CLINICIAN(Role.Name.CLINICIAN),

    /** Reads the ward, without knowing who lies there. */
    VIEWER(Role.Name.VIEWER),

    /** Posts measurements, nothing else. */
    DEVICE(Role.Name.DEVICE);

    /** As they stand in the database, in tokens and in {@code @RolesAllowed}, which takes constants only. */
    public static final class Name {

        public static final String ADMIN = "admin";
        public static final String CLINICIAN = "clinician";
        public static final String VIEWER = "viewer";
        public static final String DEVICE = "device";

        private Name() {
        }
    }

    private static final Set<Role> OF_PEOPLE = EnumSet.of(ADMIN, CLINICIAN, VIEWER);

    private final String id;

    Role(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    /**
     * Roles that a person may be given, from their names.
     *
     * @throws IllegalArgumentException when there is none, or one that no person can have
     */
    public static Set<Role> ofPerson(Collection<String> names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : names) {
            roles.add(OF_PEOPLE.stream().filter(role -> role.id.equals(name)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("'" + name + "' (expected: admin, clinician or viewer)")));
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("none (expected: admin, clinician or viewer)");
        }
        return roles;
    }

    /** Roles as they are stored: their names with a space between them. */
    public static Set<Role> parse(String stored) {
        List<String> names = List.of(stored.split(" "));
        return Arrays.stream(values()).filter(role -> names.contains(role.id)).collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }

    /** The opposite of {@link #parse}. */
    public static String format(Collection<Role> roles) {
        return String.join(" ", names(roles));
    }

    /** Their names, in the order in which they stand here. */
    public static List<String> names(Collection<Role> roles) {
        return roles.stream().sorted().map(Role::id).toList();
    }
}
