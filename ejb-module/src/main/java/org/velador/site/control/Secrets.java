package org.velador.site.control;

import java.util.regex.Pattern;

/** Keeps secrets in this process: whatever is shown, logged or stored of a setting has gone through here. */
final class Secrets {

    static final String MASK = "***";

    private static final Pattern SECRET_NAME = Pattern.compile("PASSWORD|SECRET|TOKEN");

    /** {@code password=…} in a JDBC URL or an option of the JVM, whatever stands before it. */
    private static final Pattern SECRET_PARAMETER = Pattern.compile("(?i)([\\w.-]*(?:password|passwd|secret|token)[\\w.-]*=)[^\\s&]+");

    /** {@code user:password@} of a URL; up to the last @, as a password that was not encoded may hold anything. */
    private static final Pattern USER_INFO = Pattern.compile("//\\S*@");

    private Secrets() {
    }

    static boolean isSecret(String setting) {
        return SECRET_NAME.matcher(setting).find();
    }

    /** The value as it may be shown. */
    static String mask(String setting, String value) {
        if (isSecret(setting)) {
            return MASK;
        }
        String withoutParameters = SECRET_PARAMETER.matcher(value).replaceAll("$1***");
        return USER_INFO.matcher(withoutParameters).replaceAll("//***@");
    }
}
