package proxy.service.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

	@ParameterizedTest
	@CsvSource({
		"bytes=0-0, 0, 1", "bytes=0-499, 0, 500", "bytes=500-, 500, 1000", "bytes=-500, 500, 1000", "bytes=999-, 999, 1000",
		"bytes=0-5000, 0, 1000", "bytes=-5000, 0, 1000", "BYTES=1-2, 1, 3", "'bytes= 1-2 ', 1, 3",
		"bytes=5-99999999999999999999999, 5, 1000", "bytes=-99999999999999999999999, 0, 1000", "'bytes=,1-1,', 1, 2"
	})
	void isOneRange(String field, long start, long end) {
		assertEquals(List.of(new ByteRange(start, end)), ByteRange.parse(field, 1000));
	}

	@Test
	void areSeveralInTheOrderAskedFor() {
		assertEquals(List.of(new ByteRange(990, 1000), new ByteRange(0, 10)), ByteRange.parse("bytes=-10, 0-9", 1000));
	}

	@ParameterizedTest
	@ValueSource(strings = {"bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=5000-, -0", "bytes=99999999999999999999999-"})
	void isNotThere(String field) {
		assertEquals(List.of(), ByteRange.parse(field, 1000));
	}

	@Test
	void leavesOutWhatIsNotThere() {
		assertEquals(List.of(new ByteRange(0, 1)), ByteRange.parse("bytes=0-0,2000-3000", 1000));
	}

	@ParameterizedTest
	@ValueSource(strings = {
		"", "bytes", "bytes=", "bytes=,", "bytes=-", "bytes=a-b", "bytes=2-1", "bytes=1-2-3", "bytes=+1-2", "lines=1-2", "bytes 1-2",
		"bytes=0-1,x", "bytes=0x1-2", "bytes=--1"
	})
	void isIgnored(String field) {
		assertNull(ByteRange.parse(field, 1000));
	}

	@Test
	void areIgnoredWhenTheyAreMadeToCauseWork() {
		assertNull(ByteRange.parse("bytes=0-,0-,0-,0-", 1000));
		assertNull(ByteRange.parse("bytes=0-9,5-14", 1000));
		assertNull(ByteRange.parse("bytes=5-14,20-29,0-5", 1000));
		assertNull(ByteRange.parse("bytes=0-0,0-0", 1000));
		assertNull(ByteRange.parse("bytes=990-,-20", 1000));
		assertNull(ByteRange.parse("bytes=" + separate(17), 1000));
		assertEquals(16, ByteRange.parse("bytes=" + separate(16), 1000).size());
		assertEquals(2, ByteRange.parse("bytes=10-19,0-9", 1000).size());
	}

	private static String separate(int ranges) {
		return IntStream.range(0, ranges).mapToObj(i -> 2 * i + "-" + 2 * i).collect(Collectors.joining(","));
	}

	@Test
	void hasNothingOfAnEmptyContent() {
		assertEquals(List.of(), ByteRange.parse("bytes=0-", 0));
		assertEquals(List.of(), ByteRange.parse("bytes=-1", 0));
	}

	@Test
	void isWrittenWithItsLastOctet() {
		assertEquals("bytes 0-499/1000", new ByteRange(0, 500).of(1000));
	}
}
