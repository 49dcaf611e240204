/**
 * Alarms: the pure rule that makes episodes of a variable's measurements at a place, the alarm that follows its episode, and the
 * events that tell its story.
 */
package org.velador.alarms.entity;
