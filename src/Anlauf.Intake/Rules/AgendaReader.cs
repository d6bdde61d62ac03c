using System.Text.RegularExpressions;
using Anlauf.Intake.Layout;

namespace Anlauf.Intake.Rules;

/// <summary>A heading of the minutes under which an agenda item is treated.</summary>
/// <param name="Named">The title was taken from an earlier mention.</param>
internal sealed record ItemHeading(int Line, string? Number, string Title, Span Span, bool Named = false);

/// <summary>The agenda as adopted, and the headings under which its items are treated.</summary>
internal sealed partial class AgendaReader
{
    public List<AgendaEntry> Entries { get; private set; } = [];
    public List<ItemHeading> Headings { get; } = [];
    /// <summary>True where the agenda is a list of its own, so that an item missing among the headings means something.</summary>
    public bool FromList { get; private set; }

    private readonly DocumentLayout layout;
    private readonly HashSet<int> listLines = [];
    private readonly List<ItemHeading> tableItems = [];

    public static AgendaReader Read(DocumentLayout layout)
    {
        var reader = new AgendaReader(layout);
        var list = reader.ReadList(out var listLine);
        reader.ReadHeadings(listLine);
        reader.ReadTable();
        if (!reader.Headings.Exists(h => h.Number is not null)) reader.ReadNumberedLines();
        reader.NameRepeatedItems(list);
        var numbered = reader.Headings.FindAll(h => h.Number is not null);
        // a list read out in the middle of the meeting is only the rest of the agenda
        var insideItem = list.Count > 0 && numbered.Exists(h => h.Line < listLine) && numbered.Count > list.Count;
        if (list.Count > 0 && !insideItem)
        {
            reader.Entries = list;
            reader.FromList = true;
        }
        else
            reader.Entries = OfHeadings(numbered.Count > 0 ? numbered : reader.Headings);
        return reader;
    }

    /// <summary>One entry for every heading; „Zu TOP 2:" without words only points back to the item named before.</summary>
    private static List<AgendaEntry> OfHeadings(List<ItemHeading> headings)
    {
        var entries = new List<AgendaEntry>();
        foreach (var heading in headings)
            if (heading.Title.Length > 0 && !(heading.Named && entries.Exists(e => Normal(e.Number) == Normal(heading.Number))))
                entries.Add(new(heading.Number, heading.Title, heading.Span));
        return entries;
    }

    /// <summary>„Zu TOP 2:" takes its title from the list or from the first mention of the item.</summary>
    private void NameRepeatedItems(List<AgendaEntry> list)
    {
        for (var i = 0; i < Headings.Count; i++)
        {
            var heading = Headings[i];
            if (heading.Number is null || heading.Title.Length > 0) continue;
            var title = list.Find(e => Normal(e.Number) == Normal(heading.Number))?.Title ?? Headings.Find(h => h.Title.Length > 0 && Normal(h.Number) == Normal(heading.Number))?.Title;
            if (title is not null) Headings[i] = heading with { Title = title, Named = true };
        }
    }

    /// <summary>Minutes as one table: a head „TOP | Thema | Ergebnis", one item a row.</summary>
    private void ReadTable()
    {
        var inside = false;
        var previous = -2;
        var titles = -1;
        foreach (var line in layout.Lines)
        {
            if (line.Kind != LineKind.Table) continue;
            var cells = layout.Cells(line);
            if (line.Index != previous + 1)
            {
                titles = cells.Count < 2 || !NumberColumn().IsMatch(layout.Value(cells[0])) ? -1 : cells.FindIndex(1, c => TitleColumn().IsMatch(layout.Value(c)));
                inside = titles > 0 && !Headings.Exists(h => h.Number is not null);
            }
            else if (inside && titles < cells.Count && TableNumber().Match(layout.Value(cells[0])) is { Success: true } number && layout.Value(cells[titles]) is { Length: > 0 } title)
                tableItems.Add(new(line.Index, number.Groups["n"].Value, CleanTitle(title), cells[titles]));
            previous = line.Index;
        }
        Headings.AddRange(tableItems);
        Headings.Sort((a, b) => a.Line.CompareTo(b.Line));
    }

    /// <summary>„1. Berichte" on a line of its own with text below it, several times and counting up: sections, not a list.</summary>
    private void ReadNumberedLines()
    {
        var sections = new List<ItemHeading>();
        var lines = layout.Lines;
        var last = -1;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.Kind != LineKind.Bullet || line.Indent > 0 || listLines.Contains(i) || !int.TryParse(line.Number, out var number)) continue;
            if (line.Content.Length > 120 || line.Content[^1] is '.' or ';' or ',' || !char.IsUpper(line.Content[0])) continue;
            if (number != last + 1 && !(last < 0 && number <= 1)) continue;
            var below = lines.Skip(i + 1).FirstOrDefault(l => !l.IsBlank);
            if (below is null || (below.Kind == LineKind.Bullet && below.Indent == 0 && below.Number is not null && number == 1)) continue;
            sections.Add(new(i, line.Number, CleanTitle(line.Content), line.ContentSpan));
            last = number;
        }
        if (sections.Count < 2) return;
        Headings.Clear();
        Headings.AddRange(sections);
    }

    /// <summary>Resolutions and motions have no agenda.</summary>
    public static AgendaReader None(DocumentLayout layout) => new(layout);

    private AgendaReader(DocumentLayout layout) => this.layout = layout;

    /// <summary>Number of the item a line belongs to, or null before the first one.</summary>
    public ItemHeading? ItemAt(int line) => Headings.FindLast(h => h.Line <= line) is { } item && (item.Line == line || !InTable(item)) ? item : null;

    /// <summary>True for an item that is one row of a table: what stands below the row is not its text.</summary>
    public bool InTable(ItemHeading item) => layout.Lines[item.Line].Kind == LineKind.Table;

    private List<AgendaEntry> ReadList(out int listLine)
    {
        listLine = -1;
        foreach (var line in layout.Lines)
        {
            if (line.IsBlank || line.Content.Length > 160 || !ListTitle().IsMatch(line.Content)) continue;
            var entries = Items(line.Index + 1);
            if (entries.Count == 0 || (entries.Count == 1 && entries[0].Number is null)) continue;
            listLine = line.Index;
            return entries;
        }
        return [];
    }

    private List<AgendaEntry> Items(int index)
    {
        var entries = new List<AgendaEntry>();
        var counters = new List<(int Indent, int Count)>();
        var lines = layout.Lines;
        var blanks = 0;
        var contentBelow = false;
        var indent = 0;
        var nested = new List<AgendaEntry>();
        for (var i = index; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.Kind == LineKind.Blank) { if (++blanks > (entries.Count == 0 ? 3 : 1)) break; continue; }
            if (line.IsBlank || line.Kind == LineKind.Heading) break;
            var top = TopLine().Match(line.Content);
            if (top.Success && top.Groups["title"].Value.Length > 0)
            {
                if (entries.Count > 0 && entries[0].Number is { } first && Normal(first) == Normal(top.Groups["n"].Value)) break;
                Add(top.Groups["n"].Value.Trim(), line, top.Groups["title"].Index);
            }
            else if (line.Kind == LineKind.Bullet && (blanks == 0 || entries.Count == 0 || line.Number is not null || entries[^1].Number is null))
            {
                // notes below a numbered item are its content, not items
                if ((line.Number is null || char.IsLetter(line.Number[0])) && entries.Exists(e => e.Number is not null)) { contentBelow = true; blanks = 0; continue; }
                if (line.Number is null && entries.Count > 0 && line.Indent > indent) { contentBelow = true; blanks = 0; continue; }
                if (entries.Count == 0) indent = line.Indent;
                var known = entries.Count;
                Add(Numbering(counters, line), line, 0);
                if (line.Indent > indent && entries.Count > known) nested.Add(entries[^1]);
            }
            else if (line.Kind == LineKind.Table && TableItem(line) is { } item) { entries.Add(item); listLines.Add(i); }
            else if (line.Kind == LineKind.Table) { blanks = 0; continue; }
            else if (entries.Count > 0 && blanks == 0 && line.Kind == LineKind.Text)
            {
                var above = lines[i - 1];
                var wrapped = char.IsLower(line.Content[0]) || line.Content[0] == '(' || (above.End - above.Start >= 60 && !contentBelow && above.Content[^1] is not ('.' or ':' or '!' or '?'));
                if (wrapped && entries[^1].Span.End == above.End)
                {
                    var span = entries[^1].Span.To(line.ContentSpan);
                    entries[^1] = entries[^1] with { Title = layout.Value(span), Span = span };
                }
                else if (line.Indent == 0 && entries[0].Number is null) break;
                listLines.Add(i);
            }
            else break;
            blanks = 0;
            void Add(string? number, Line at, int offset)
            {
                var start = offset == 0 ? at.ContentStart : layout.Shadow.IndexOf(at.Content[offset..Math.Min(at.Content.Length, offset + 3)], at.ContentStart, StringComparison.Ordinal);
                if (start < 0) start = at.ContentStart;
                var span = Span.Between(start, at.End);
                var title = CleanTitle(layout.Value(span));
                if (title.Length == 0) return;
                entries.Add(new(number, title, span));
                listLines.Add(at.Index);
            }
        }
        // notes set below the items, not items of their own
        if (nested.Exists(e => Note().IsMatch(e.Title))) entries.RemoveAll(nested.Contains);
        return entries;
    }

    private AgendaEntry? TableItem(Line row)
    {
        var cells = layout.Cells(row);
        if (cells.Count < 2) return null;
        var number = TableNumber().Match(layout.Value(cells[0]));
        var title = layout.Value(cells[1]);
        return number.Success && title.Length > 0 ? new(number.Groups["n"].Value, CleanTitle(title), cells[1]) : null;
    }

    /// <summary>Markdown lists may number every item „1."; nested lists count under their parent.</summary>
    private static string? Numbering(List<(int Indent, int Count)> counters, Line line)
    {
        if (line.Number is null) return null;
        if (line.Number.Contains('.', StringComparison.Ordinal) || char.IsLetter(line.Number[0])) return line.Number;
        while (counters.Count > 0 && counters[^1].Indent > line.Indent) counters.RemoveAt(counters.Count - 1);
        var stated = int.Parse(line.Number, System.Globalization.CultureInfo.InvariantCulture);
        if (counters.Count == 0 || counters[^1].Indent < line.Indent) counters.Add((line.Indent, stated));
        else counters[^1] = (line.Indent, stated > counters[^1].Count ? stated : counters[^1].Count + 1);
        return string.Join('.', counters.Select(c => c.Count));
    }

    private void ReadHeadings(int listLine)
    {
        var plain = new List<ItemHeading>();
        foreach (var line in layout.Lines)
        {
            if (line.IsBlank || listLines.Contains(line.Index) || line.Kind == LineKind.Table) continue;
            if (Annex().IsMatch(line.Content) && line.Kind == LineKind.Heading) break;
            var top = TopLine().Match(line.Content);
            if (top.Success && line.Content.Length < 300 && (line.Kind == LineKind.Heading || !SentenceAboutTop().IsMatch(line.Content)))
                Headings.Add(Heading(line, top));
            else if (line.Kind == LineKind.Heading && NumberedHeading().Match(line.Content) is { Success: true } numbered)
                Headings.Add(Heading(line, numbered));
            else if (line.Kind == LineKind.Heading && line.Level is 2 or 3 && line.Content.Length < 120 && !Formal().IsMatch(line.Content) && line.Index != listLine)
                plain.Add(new(line.Index, null, CleanTitle(line.Content), line.ContentSpan));
        }
        // „1. Änderungsantrag" below „TOP 10" is no item of its own
        if (Headings.Count(h => TopLine().IsMatch(layout.Lines[h.Line].Content)) >= 2) Headings.RemoveAll(h => !TopLine().IsMatch(layout.Lines[h.Line].Content));
        if (Headings.Exists(h => h.Number is not null)) return;
        var level = plain.Count == 0 ? 0 : plain.Min(h => layout.Lines[h.Line].Level);
        Headings.AddRange(plain.FindAll(h => layout.Lines[h.Line].Level == level));
        if (Headings.Count == 0) ReadBoldLines(listLine);
    }

    /// <summary>Scribbled minutes: below the attendance every bold line opens an item.</summary>
    private void ReadBoldLines(int listLine)
    {
        var first = layout.Fields.Where(f => f.Line.Index < 16 && (Formal().IsMatch(f.Label) || Attending().IsMatch(f.Label))).Select(f => f.Line.Index).DefaultIfEmpty(-1).Max();
        if (first < 0) return;
        var bold = layout.Lines.FindAll(l => l is { Kind: LineKind.Heading, Level: 5 } && l.Index > first && l.Index != listLine && l.Content.Length is > 2 and < 90 && !Formal().IsMatch(l.Content));
        if (bold.Count >= 2) Headings.AddRange(bold.ConvertAll(l => new ItemHeading(l.Index, null, CleanTitle(ClockTime().Replace(l.Content, "")), l.ContentSpan)));
    }

    private ItemHeading Heading(Line line, Match match)
    {
        var title = CleanTitle(match.Groups["title"].Value);
        return new(line.Index, match.Groups["n"].Value.Trim(), title, line.ContentSpan);
    }

    /// <summary>„TOP 4 - Terminplanung (DS 6 – 003)" → „Terminplanung": times and paper numbers behind a title are not part of it.</summary>
    public static string CleanTitle(string title) => TitleTail().Replace(title, "").TrimEnd(' ', ':', '.').Trim();

    public static string Normal(string? number) => (number ?? "").Replace("TOP", "", StringComparison.OrdinalIgnoreCase).Trim(' ', '.', ':');

    [GeneratedRegex(@"^(?:(?:Vorläufige|Geänderte|Die|Folgende|Beschlossene)\s)?(?:Tagesordnung(?:spunkte)?|Agenda|TOPs?|Themen(?:übersicht|liste)?|Ablauf)\s*(?:\([^)]*\)|der\s\p{L}+)?\s*:?$|folgende\s+Tagesordnung(?:\s+\p{L}+){0,3}\s*:?$|Tagesordnung\b[^.]{0,60}:$", RegexOptions.IgnoreCase)]
    private static partial Regex ListTitle();
    [GeneratedRegex(@"^(?:zu\s+|Zu\s+|ad\s+|Ad\s+)?(?:(?:TOP|Top|Tagesordnungspunkt|Punkt|Pkt\.)\s*(?<n>\d{1,3}(?:[.\-]\d{1,2})*\s?[a-z]?(?![\p{L}\d]))|(?<=(?:zu|Zu|ad|Ad)\s+)(?<n>\d{1,2}(?:\.\d+)*)(?![\d.]*\s?(?:\p{Ll}|%|€)))\s*[.:)]*\s*(?:[-–—:]\s*)?(?<title>.*)$")]
    private static partial Regex TopLine();
    [GeneratedRegex(@"^(?:(?:Punkt|Thema)\s)?(?<n>\d{1,2}(?:\.\d{1,2})*)(?:[.)]+\s*(?:[-–—:]\s*)?|\s+(?:[-–—:]\s+)?|:\s+)(?<title>[\p{L}„""(].*)$")]
    private static partial Regex NumberedHeading();
    [GeneratedRegex(@"[.!?;]$|^.{120}|\b(?:ist|sind|soll|sollen|wird|werden|kann|können|darf|dürfen|muss|müssen|hat|haben|gibt|wurden?|waren?|fragt|funktioniert)\b")]
    private static partial Regex Note();
    [GeneratedRegex(@"^(?:TOP\s)?(?<n>\d{1,2}(?:\.\d{1,2})*)\.?$")]
    private static partial Regex TableNumber();
    [GeneratedRegex(@"^(?:TOPs?|Punkt|Tagesordnungspunkt|TOP-?\s?Nr\.?)$", RegexOptions.IgnoreCase)]
    private static partial Regex NumberColumn();
    [GeneratedRegex(@"^(?:Thema|Themen|Tagesordnungspunkt|Gegenstand|Titel|Betreff|Inhalt|Beratungsgegenstand|Bezeichnung|Punkt)$", RegexOptions.IgnoreCase)]
    private static partial Regex TitleColumn();
    [GeneratedRegex(@"^\S+\s*\d+\S*\s(?:wird|wurde|werden|wurden|entfällt|ist|war|und|bis|mit|vom|der Mitgl|folgt)\b")]
    private static partial Regex SentenceAboutTop();
    [GeneratedRegex(@"^\d{1,2}[:.]\d\d\s*(?:Uhr\s*)?[:–-]?\s*")]
    private static partial Regex ClockTime();
    [GeneratedRegex(@"^(?:da|nicht da|dabei|TN|Schreibt mit|Mitschrift|zu Gast)$", RegexOptions.IgnoreCase)]
    private static partial Regex Attending();
    [GeneratedRegex(@"^(?:Anlagen?|Anhang|Anhänge)\b")]
    private static partial Regex Annex();
    [GeneratedRegex(@"^(?:Anwesen|Teilnehm|Entschuldig|Gäste|Gast|Tagesordnung|Agenda|Protokol|Niederschrift|Abwesen|Beschlussf|Antragstext|Begründung|Beschluss|Ergebnis|Datum|Ort|Zeit|Anlage|Anhang|Unterschrift|Tag \d|Nächste[rs]? Termin|Inhalt|Formalia:?$|Verteiler|Antrag|Vorsitz|Sitzungsl|Überweis)", RegexOptions.IgnoreCase)]
    private static partial Regex Formal();
    [GeneratedRegex(@"\s*\((?:\d{1,2}[:.]\d\d\s*(?:Uhr)?(?:\s*[-–]\s*\d{1,2}[:.]\d\d\s*(?:Uhr)?)?|(?:DS|B|BV|VO|Vorlage|Drucksache|Drs\.?)\s*\d[^)]*)\)\s*$")]
    private static partial Regex TitleTail();
}
