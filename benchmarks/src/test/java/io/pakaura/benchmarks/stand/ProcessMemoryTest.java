package io.pakaura.benchmarks.stand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcessMemoryTest {
    @Test
    void resident_memory_is_a_line_of_proc() {
        assertThat(ProcessMemory.resident("VmHWM:\t  999 kB\nVmRSS:\t  123456 kB\n"))
                .isEqualTo(123_456 * 1_024);
    }

    @Test
    void a_heap_of_several_generations_is_their_sum() {
        assertThat(
                        ProcessMemory.heap(
                                """
                         garbage-first heap   total 524288K, used 26234K [0x01, 0x02)
                          region size 1024K, 3 young (3072K), 0 survivors (0K)
                         Metaspace       used 30000K, committed 30528K, reserved 1114112K
                        """))
                .isEqualTo(26_234 * 1_024);
        assertThat(
                        ProcessMemory.heap(
                                """
                         def new generation   total 78656K, used 1000K [0x01, 0x02)
                          eden space 69952K,   4% used [0x01, 0x02)
                         tenured generation   total 174784K, used 500K [0x01, 0x02)
                        """))
                .isEqualTo(1_500 * 1_024);
    }

    @Test
    void direct_memory_is_what_native_memory_tracking_calls_other() {
        assertThat(ProcessMemory.direct("-                     Other (reserved=710KB, committed=709KB)\n"))
                .isEqualTo(709 * 1_024);
    }

    @Test
    void what_is_not_told_is_not_taken_for_nothing() {
        assertThatThrownBy(() -> ProcessMemory.direct("Native memory tracking is not enabled"))
                .hasMessageContaining("not enabled");
    }
}
