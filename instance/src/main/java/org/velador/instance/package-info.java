/**
 * One node: reads its settings, boots Payara Micro on its own address, deploys the application, and leaves without losing a request.
 * It knows nothing of the application but the path of its archive and the system properties that tell the settings in force and
 * announce the draining.
 */
package org.velador.instance;
