package proxy.rules.lists;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import proxy.api.rule.EvaluationException;
import proxy.rules.value.Ip;
import proxy.rules.value.Text;
import proxy.rules.value.Type;

/** Reads a list from a CSV file without header: the first of one or two columns, trimmed. */
final class CsvList {

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private final Path file;
	private final List<String> texts = new ArrayList<>();
	private final LongStream.Builder numbers = LongStream.builder();
	private final PackedIps ips = new PackedIps();

	private CsvList(Path file) {
		this.file = file;
	}

	/** @throws UnreadableList when the file cannot be read or a line is wrong */
	static ListContent read(Path file, Type type) throws UnreadableList {
		CsvList list = new CsvList(file);
		try (CsvReader<CsvRecord> reader = reader(file)) {
			for (CsvRecord record : reader) {
				list.add(record, type);
			}
		} catch (NoSuchFileException e) {
			throw new UnreadableList("there is no file " + file);
		} catch (CsvParseException | UncheckedIOException | IOException e) {
			throw list.unreadable(e);
		}
		return list.content(type);
	}

	private static CsvReader<CsvRecord> reader(Path file) throws IOException {
		BufferedReader text = Files.newBufferedReader(file); // unlike the library's own, it refuses what is not UTF-8
		text.mark(1);
		if (text.read() != BYTE_ORDER_MARK) {
			text.reset();
		}
		return CsvReader.builder()
				.allowUnclosedQuote(false)
				.missingFieldStrategy(FieldMismatchStrategy.IGNORE)
				.extraFieldStrategy(FieldMismatchStrategy.IGNORE)
				.ofCsvRecord(text);
	}

	private void add(CsvRecord record, Type type) throws UnreadableList {
		if (record.getFieldCount() > 2) {
			throw wrong(record, record.getFieldCount() + " columns, but a list has one or two");
		}
		String text = record.getField(0).strip();
		switch (type) {
			case IP:
				try {
					ips.add(Ip.of(text));
				} catch (EvaluationException e) {
					throw wrong(record, e.getMessage());
				}
				break;
			case INT:
				try {
					numbers.add(Long.parseLong(text));
				} catch (NumberFormatException e) {
					throw wrong(record, Text.quoted(text) + " is no Int");
				}
				break;
			default:
				texts.add(text);
		}
	}

	private ListContent content(Type type) {
		switch (type) {
			case IP:
				return new IpList(ips);
			case INT:
				return new IntList(numbers.build().toArray());
			default:
				return new TextList(texts);
		}
	}

	private UnreadableList wrong(CsvRecord record, String reason) {
		return new UnreadableList(file + ", line " + record.getStartingLineNumber() + ": " + reason);
	}

	private UnreadableList unreadable(Exception e) {
		Throwable root = e;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		String reason = root instanceof CharacterCodingException ? "it is not UTF-8" : root.getMessage();
		return new UnreadableList(file + " cannot be read: " + reason);
	}
}
