package io.pakaura.syncgateway.session;

import java.util.ArrayList;
import java.util.List;

/**
 * All sessions of one user, by event loop. Never changes: whoever publishes uses the one that he found.
 *
 * @param groups none of them is empty
 */
record UserChannel(List<Group> groups) {
    static final UserChannel EMPTY = new UserChannel(List.of());

    /** The sessions on one event loop. */
    record Group(SessionLoop loop, List<Member> members) {
        void deliver(OutboundFrame event) {
            if (members.size() == 1) {
                members.get(0).deliver(event);
            } else {
                deliverShared(event.share());
            }
        }

        private void deliverShared(OutboundFrame event) {
            try {
                members.forEach(member -> member.deliver(event));
            } finally {
                event.release();
            }
        }
    }

    UserChannel with(Member member) {
        List<Member> all = members();
        all.add(member);
        return of(all);
    }

    UserChannel without(Member member) {
        List<Member> all = members();
        all.remove(member);
        return of(all);
    }

    int size() {
        return groups.stream().mapToInt(group -> group.members().size()).sum();
    }

    private List<Member> members() {
        List<Member> all = new ArrayList<>();
        groups.forEach(group -> all.addAll(group.members()));
        return all;
    }

    private static UserChannel of(List<Member> members) {
        List<SessionLoop> loops = members.stream().map(Member::loop).distinct().toList();
        return new UserChannel(loops.stream()
                .map(loop -> new Group(
                        loop,
                        members.stream().filter(member -> member.loop() == loop).toList()))
                .toList());
    }
}
