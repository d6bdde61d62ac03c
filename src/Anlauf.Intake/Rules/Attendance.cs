using System.Globalization;
using System.Text.RegularExpressions;
using Anlauf.Intake.Layout;

namespace Anlauf.Intake.Rules;

/// <summary>Who was there, excused, a guest, in the chair and at the minutes.</summary>
internal sealed partial class Attendance
{
    private enum Role { None, Present, Excused, Absent, Guests, Chair, MinuteTaker }

    public List<Found<string>> Present { get; } = [];
    public List<Found<string>> Excused { get; } = [];
    /// <summary>Absent without excuse.</summary>
    public List<Found<string>> Absent { get; } = [];
    public List<Found<string>> Guests { get; } = [];
    public List<Found<string>> Chair { get; } = [];
    public List<Found<string>> MinuteTaker { get; } = [];
    public Found<string>? Count { get; private set; }
    /// <summary>Number of voters where the document states it.</summary>
    public Found<int>? Voters { get; private set; }

    /// <summary>Rows of tables below a heading such as „Anwesend", and what the heading says of them.</summary>
    private readonly Dictionary<int, Role> tables = [];

    public static Attendance Read(DocumentLayout layout)
    {
        var attendance = new Attendance();
        var group = Role.None;
        var groupEnd = -1;
        foreach (var field in layout.Fields)
        {
            var role = RoleOf(field);
            if (role is Role.Present or Role.Excused or Role.Guests or Role.Absent) { group = role; groupEnd = field.Line.Index + 14; }
            else if (role == Role.None && group is not Role.None && field.Line.Index <= groupEnd && SubGroup().IsMatch(field.Label)) role = group;
            else if (role == Role.None && field.Line.Kind == LineKind.Heading) group = Role.None;
            if (role == Role.None) continue;
            foreach (var value in field.Values)
                if (layout.Lines[layout.LineAt(value.Start)].Kind != LineKind.Table || field.Inline) attendance.Add(layout, role, value);
                else attendance.tables.TryAdd(layout.LineAt(value.Start), role);
        }
        attendance.ReadTables(layout);
        attendance.ReadSentences(layout);
        attendance.ReadSignatures(layout);
        return attendance;
    }

    private static Role RoleOf(Field field)
    {
        var label = field.Label;
        if (label.Length > 70 || AgendaNumber().IsMatch(label)) return Role.None;
        if (UnexcusedLabel().IsMatch(label)) return Role.Absent;
        if (ExcusedLabel().IsMatch(label)) return Role.Excused;
        if (GuestLabel().IsMatch(label)) return Role.Guests;
        if (PresentLabel().IsMatch(label)) return Role.Present;
        if (MinutesLabel().IsMatch(label)) return Role.MinuteTaker;
        if (ChairLabel().IsMatch(label)) return Role.Chair;
        return label.Length >= 7 && Misread(label, "Entschuldigt") ? Role.Excused : label.Length >= 7 && Misread(label, "Anwesend") ? Role.Present : Role.None;
    }

    /// <summary>„Entschuldlgt": one letter read wrongly in a scan.</summary>
    private static bool Misread(string label, string word)
    {
        if (label.Length != word.Length) return false;
        var wrong = 0;
        for (var i = 0; i < word.Length; i++)
            if (char.ToLowerInvariant(label[i]) != char.ToLowerInvariant(word[i])) wrong++;
        return wrong == 1;
    }

    private void Add(DocumentLayout layout, Role role, Span value)
    {
        if (role is Role.Present && CountOnly().Match(layout.Value(value)) is { Success: true } count)
            Count ??= new(count.Groups["n"].Value, value);
        if (role is Role.Present && InlineExcused().Match(layout.Shadow, value.Start, value.Length) is { Success: true } aside)
        {
            Collect(layout, Excused, Span.Between(aside.Index + aside.Length, value.End));
            value = Span.Between(value.Start, aside.Index);
        }
        var target = role switch
        {
            Role.Present => Present,
            Role.Excused => Excused,
            Role.Absent => Absent,
            Role.Guests => Guests,
            Role.Chair => Chair,
            _ => MinuteTaker,
        };
        if (role is Role.Chair or Role.MinuteTaker)
        {
            // „Jörg Thomsen (1. Vorsitzender), TOP 7 (Vorstandswahlen) Roland Olbricht"; a whole paragraph is no name
            if (value.Length > 160) return;
        }
        if (role is Role.Present or Role.Excused or Role.Absent) Collect(layout, target, value, remarks: true);
        else Collect(layout, target, value);
    }

    /// <summary>Names of a region; a remark behind a name in a list („Klara Gries (e), Timo Haas (u)") outweighs the label of the list.</summary>
    private void Collect(DocumentLayout layout, List<Found<string>> list, Span region, bool remarks = false)
    {
        var names = Names.In(layout, region);
        // „Leonie Imhof, Stadtwerke": a single word among full names of guests is where they come from
        if (list == Guests && names.Exists(n => n.Value.Contains(' ', StringComparison.Ordinal)))
            names.RemoveAll(n => !n.Value.Contains(' ', StringComparison.Ordinal) && !GivenNames.Has(n.Value) && !Addressed().IsMatch(layout.Shadow.AsSpan(Math.Max(region.Start, n.Span.Start - 8), n.Span.Start - Math.Max(region.Start, n.Span.Start - 8))));
        foreach (var name in names)
        {
            var target = list;
            if (remarks && Remark().Match(layout.Shadow, name.Span.End, Math.Min(60, region.End - name.Span.End)) is { Success: true } remark)
                target = remark.Groups["absent"].Success ? Absent : remark.Groups["excused"].Success ? Excused : Guests;
            if (!target.Exists(known => Names.Same(known.Value, name.Value)) || Namesake(layout, names, name, target)) target.Add(name);
        }
    }

    /// <summary>„Thomas Müller (KV Nord), Thomas Müller (KV Süd)": one list, one name, two remarks are two persons.</summary>
    private static bool Namesake(DocumentLayout layout, List<Found<string>> names, Found<string> name, List<Found<string>> target)
    {
        string Aside(Found<string> n) => Bracket().Match(layout.Shadow, n.Span.End, Math.Min(60, layout.Shadow.Length - n.Span.End)).Value;
        return Aside(name).Length > 0 && name.Value.Contains(' ', StringComparison.Ordinal)
            && target.FindAll(k => k.Value == name.Value) is { Count: > 0 } same && same.TrueForAll(k => names.Contains(k) && Aside(k).Length > 0 && Aside(k) != Aside(name));
    }

    /// <summary>Tables with a column of names and columns or a cell that say who was there.</summary>
    private void ReadTables(DocumentLayout layout)
    {
        List<string>? header = null;
        var previous = -2;
        foreach (var line in layout.Lines)
        {
            if (line.Kind != LineKind.Table) continue;
            var cells = layout.Cells(line);
            if (line.Index != previous + 1) header = null;
            previous = line.Index;
            if (header is null)
            {
                header = cells.ConvertAll(c => layout.Value(c));
                if (header.Exists(h => NameColumn().IsMatch(h)) || !tables.ContainsKey(line.Index)) continue;
                header = ["Name"];   // a table without a head below „Anwesend"
            }
            var nameColumn = header.FindIndex(h => NameColumn().IsMatch(h));
            if (nameColumn < 0 || nameColumn >= cells.Count || (cells.Count < 2 && !tables.ContainsKey(line.Index))) continue;
            var role = header.Exists(h => StatusColumn().IsMatch(h)) ? Role.None : tables.GetValueOrDefault(line.Index);
            for (var i = 0; i < Math.Min(cells.Count, header.Count); i++)
            {
                if (i == nameColumn || cells[i].Length == 0) continue;
                var cell = layout.Value(cells[i]);
                if (StatusColumn().IsMatch(header[i])) role = StatusOf(cell, header[i]) is var stated and not Role.None ? stated : role;
                else if (Tick().IsMatch(cell) && RoleOf(new(header[i], line, true, [])) is var marked and not Role.None) role = marked;
            }
            if (role == Role.None) continue;
            var person = Names.Person(layout.Shadow, cells[nameColumn]) ?? FamilyNameFirst(layout, cells[nameColumn]);
            var target = role switch { Role.Present => Present, Role.Excused => Excused, Role.Guests => Guests, _ => Absent };
            if (person is not null && !target.Exists(known => Names.Same(known.Value, person.Value))) target.Add(person);
        }
    }

    private static Found<string>? FamilyNameFirst(DocumentLayout layout, Span cell)
    {
        var value = layout.Value(cell);
        return value.Count(c => c == ',') == 1 && Names.LooksLikePerson(value.Replace(",", "", StringComparison.Ordinal)) ? new(value, cell) : null;
    }

    private static Role StatusOf(string cell, string header)
    {
        if (UnexcusedLabel().IsMatch(cell)) return Role.Absent;
        if (ExcusedCell().IsMatch(cell)) return Role.Excused;
        if (AbsentCell().IsMatch(cell)) return Role.Absent;
        if (cell.StartsWith("Gast", StringComparison.OrdinalIgnoreCase)) return Role.Guests;
        if (PresentCell().IsMatch(cell) || (Tick().IsMatch(cell) && PresentLabel().IsMatch(header))) return Role.Present;
        return Role.None;
    }

    /// <summary>Attendance told in sentences: „Jörg fehlt entschuldigt", „… übernahm A die Versammlungsleitung und B die Protokollführung".</summary>
    private void ReadSentences(DocumentLayout layout)
    {
        foreach (var statement in layout.Statements)
        {
            var (text, span) = (layout.Shadow, statement.Span);
            if (Voters is null && VoterCount().Match(statement.Text) is { Success: true } voters && int.TryParse(voters.Groups["n"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                Voters = new(number, span);
                Count ??= new(voters.Groups["n"].Value, span);
            }
            if (statement.Text.Length > 500) continue;
            Take(text, span, ExcusedSentence(), Excused);
            Take(text, span, TookTheChair(), Chair);
            Take(text, span, TookTheMinutes(), MinuteTaker);
            Take(text, span, SignedAsChair(), Chair);
            Take(text, span, SignedAsWriter(), MinuteTaker);
            if (ListSentence().Match(text, span.Start, span.Length) is { Success: true } list)
                Collect(layout, list.Groups["excused"].Success ? Excused : Present, Span.Between(list.Index + list.Length, span.End));
        }
    }

    /// <summary>Two signatures side by side: names on one line, „Versammlungsleitung   Protokollführung" on the line below.</summary>
    private void ReadSignatures(DocumentLayout layout)
    {
        for (var i = 1; i < layout.Lines.Count; i++)
        {
            var (above, line) = (layout.Lines[i - 1], layout.Lines[i]);
            if (line.Kind != LineKind.Text || above.Kind != LineKind.Text || line.Content.Length > 200 || line.Index < layout.Lines.Count / 3) continue;
            var (roles, names) = (Columns(layout, line), Columns(layout, above));
            if (roles.Count is 0 or > 3 || names.Count != roles.Count || (roles.Count == 1 && line.Index < layout.Lines.Count - 14)) continue;
            for (var k = 0; k < roles.Count; k++)
            {
                var role = layout.Value(roles[k]);
                var target = SignedWriter().IsMatch(role) ? MinuteTaker : SignedChair().IsMatch(role) ? Chair : null;
                if (target is null || Names.Person(layout.Shadow, names[k]) is not { } person || !person.Value.Contains(' ', StringComparison.Ordinal)) continue;
                if (!target.Exists(known => Names.Same(known.Value, person.Value))) target.Add(person);
            }
        }
    }

    private static List<Span> Columns(DocumentLayout layout, Line line) =>
        [.. ColumnText().Matches(layout.Shadow.Substring(line.Start, line.End - line.Start)).Select(m => new Span(line.Start + m.Index, m.Length))];

    private static void Take(string shadow, Span span, Regex pattern, List<Found<string>> target)
    {
        foreach (Match match in pattern.Matches(shadow.Substring(span.Start, span.Length)))
        {
            var group = match.Groups["name"];
            var person = Names.Person(shadow, new(span.Start + group.Index, group.Length));
            if (person is not null && !target.Exists(known => Names.Same(known.Value, person.Value))) target.Add(person);
        }
    }
}
