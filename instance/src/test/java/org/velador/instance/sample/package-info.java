/** The smallest application that shows what an instance does: it is packed into an EAR and deployed by the tests. */
package org.velador.instance.sample;
