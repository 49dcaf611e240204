/** Tests that run inside the deployed application, where transactions can be seen. */
package org.velador.ear.inside;
