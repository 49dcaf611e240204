package org.velador.site.entity;

/** How it stands with an instance. The first two it tells of itself; whether it is lost the database says, by its own clock. */
public enum InstanceState {

    UP,
    /** It was asked to stop, and serves on until the load balancer has noticed. */
    DRAINING,
    /** It has not been heard of for 15 s, and nobody asked it to stop. */
    LOST
}
