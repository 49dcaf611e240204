package org.velador.accounts.entity;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Set;

/** Roles in one column. */
@Converter
public class RolesConverter implements AttributeConverter<Set<Role>, String> {

    @Override
    public String convertToDatabaseColumn(Set<Role> roles) {
        return Role.format(roles);
    }

    @Override
    public Set<Role> convertToEntityAttribute(String stored) {
        return Role.parse(stored);
    }
}
