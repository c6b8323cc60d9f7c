package io.pakaura.taskapi.task;

/** So many of the user's own requests are under way that this one did not have its turn; nothing was done. */
public final class UserBusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserBusyException() {
        super("too many requests of this user are under way", null, false, false);
    }
}
