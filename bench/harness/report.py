"""The results as Markdown."""

import statistics

PEERS = ("nginx", "haproxy", "caddy", "pingoo")


def render(machine, method, absent, sections):
    lines = ["# Results of `./bndw bench`", "", "Made by the benchmark itself; [README.md](README.md) says how to read it.", ""]
    lines += [f"- **{name}**: {value}" for name, value in {**machine, **method}.items()]
    lines += [f"- **{name}** is not in it: {why}" for name, why in absent.items()]
    for title, tables in sections:
        lines += ["", f"## {title}"]
        for table in tables:
            lines += ["", *render_table(table)]
    return "\n".join(lines) + "\n"


def render_table(table):
    number = lambda value: f"{value:,.{table.digits}f}"
    columns = list(dict.fromkeys(name for samples in table.rows.values() for sample in samples for name in sample.columns))
    columns = [name for name in columns if any(sample.columns.get(name) for samples in table.rows.values() for sample in samples)]
    baseline = table.baseline if table.baseline in table.rows else None
    lines = [f"### {table.title}", ""]
    if table.rows:
        head = ["", table.unit, "least .. most", *([f"÷ {baseline}, by round"] if baseline else []), *columns]
        lines += [row(head), row(["---"] + ["---:"] * (len(head) - 1))]
    for label, samples in table.rows.items():
        values = [sample.value for sample in samples]
        cells = [label, f"**{number(statistics.median(values))}**", f"{number(min(values))} .. {number(max(values))}"]
        if baseline:
            cells.append(spread(table.ratios(label, baseline)))
        for name in columns:
            of_column = [sample.columns[name] for sample in samples if name in sample.columns]
            cells.append(plain(statistics.median(of_column)) if of_column else "")
        lines.append(row(cells))
    verdicts = targets(table)
    return lines + [line for note in [*verdicts, *table.notes] for line in ("", note)]


def targets(table):
    verdicts = []
    for peer, limit in table.targets.items():
        if ratios := table.ratios("gatehouse", peer):
            ratio = statistics.median(ratios)
            verdicts.append(f"Gatehouse ÷ {peer}: **{spread(ratios)}**, target ≤ {limit}: {'met' if ratio <= limit else 'not met'}.")
    if table.limit and "gatehouse" in table.rows:
        value = statistics.median(sample.value for sample in table.rows["gatehouse"])
        verdicts.append(f"Gatehouse: target ≤ {table.limit:,}: {'met' if value <= table.limit else 'not met'}.")
    return verdicts


def spread(ratios):
    if len(ratios) < 2:
        return f"{ratios[0]:.2f}" if ratios else ""
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} .. {max(ratios):.2f})"


def plain(value):
    if isinstance(value, int) or abs(value) >= 1000 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def row(cells):
    return "| " + " | ".join(cells) + " |"
