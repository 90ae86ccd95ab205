package proxy.rules.lists;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import proxy.api.rule.EvaluationException;
import proxy.rules.value.Ip;
import proxy.rules.value.Text;
import proxy.rules.value.TimestampSyntax;
import proxy.rules.value.Type;

/** Reads a list from a CSV file without header: an element, a comment, and until when it counts, all trimmed, the last two optional. */
final class CsvList {

	private static final int COLUMNS = 3;
	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private final Path file;
	private final ListEntries entries;

	private CsvList(Path file, Type type) {
		this.file = file;
		entries = new ListEntries(type);
	}

	/** @throws UnreadableList when the file cannot be read or a line is wrong */
	static ListEntries read(Path file, Type type) throws UnreadableList {
		CsvList list = new CsvList(file, type);
		try (CsvReader<CsvRecord> reader = reader(file)) {
			for (CsvRecord record : reader) {
				list.add(record);
			}
		} catch (NoSuchFileException e) {
			throw new UnreadableList("there is no file " + file);
		} catch (CsvParseException | UncheckedIOException | IOException e) {
			throw list.unreadable(e);
		}
		return list.entries;
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

	private void add(CsvRecord record) throws UnreadableList {
		if (record.getFieldCount() > COLUMNS) {
			throw wrong(record, record.getFieldCount() + " columns, but a list has at most three");
		}
		if (record.getFieldCount() == 1 && !record.getField(0).isEmpty() && record.getField(0).isBlank()) {
			return; // as good as an empty line, which is none either
		}
		String text = record.getField(0).strip();
		String end = record.getFieldCount() < COLUMNS ? "" : record.getField(COLUMNS - 1).strip();
		try {
			element(text);
			if (record.getFieldCount() == 2) {
				comment(record.getField(1).strip());
			}
			if (!end.isEmpty()) {
				entries.end(TimestampSyntax.parse(end).toInstant().toEpochMilli());
			}
		} catch (NumberFormatException e) {
			throw wrong(record, Text.quoted(text) + " is no Int");
		} catch (EvaluationException e) {
			throw wrong(record, e.getMessage());
		}
	}

	private void comment(String text) {
		if (text.length() >= 20 && text.charAt(4) == '-' && text.charAt(7) == '-') {
			try {
				entries.timeAsComment(TimestampSyntax.parse(text).toInstant().toEpochMilli());
			} catch (EvaluationException words) {
				// a comment like any other
			}
		}
	}

	private void element(String text) {
		switch (entries.type()) {
			case IP:
				entries.add(Ip.of(text));
				break;
			case INT:
				entries.add(Long.parseLong(text));
				break;
			default:
				entries.add(text);
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
		String reason = root instanceof CharacterCodingException ? "it is not UTF-8"
				: root instanceof AccessDeniedException ? "no permission" : root.getMessage();
		return new UnreadableList(file + " cannot be read: " + reason);
	}
}
