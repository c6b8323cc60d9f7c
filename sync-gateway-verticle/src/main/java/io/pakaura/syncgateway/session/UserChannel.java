package io.pakaura.syncgateway.session;

import java.util.LinkedHashSet;
import java.util.Set;

/** All sessions of one user. Lives on one event loop, so that joins and events have one order. */
final class UserChannel {
    private final Set<Member> members = new LinkedHashSet<>();

    void join(Member member, int limit) {
        if (members.size() < limit) {
            members.add(member);
            member.joined();
        } else {
            member.refused();
        }
    }

    /** Also for a member that was refused. */
    void leave(Member member) {
        members.remove(member);
    }

    void publish(OutboundFrame event) {
        members.forEach(member -> member.deliver(event));
    }

    boolean isEmpty() {
        return members.isEmpty();
    }
}
