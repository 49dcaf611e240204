package org.velador.site.control;

/**
 * Something about the site that somebody should look at.
 *
 * @param kind    a stable word: {@code instance-lost}, {@code versions-differ}, {@code setting-differs} or {@code name-contested}
 * @param subject the instance or setting it is about; null when it is about the whole site
 * @param detail  in words
 */
public record Warning(String kind, String subject, String detail) {
}
