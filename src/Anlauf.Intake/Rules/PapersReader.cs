using System.Text.RegularExpressions;
using Anlauf.Intake.Layout;

namespace Anlauf.Intake.Rules;

/// <summary>The register of papers, the number of a motion, annexes, and paper numbers cited elsewhere.</summary>
internal static partial class PapersReader
{
    public static List<Paper> Read(DocumentLayout layout)
    {
        var papers = new List<Paper>();
        OwnNumber(layout, papers);
        foreach (var line in layout.Lines)
        {
            if (line.IsBlank || line.Content.Length > 300) continue;
            var text = layout.Shadow.Substring(line.ContentStart, line.End - line.ContentStart);
            if (Register().Match(text) is { Success: true } entry) Add(layout, papers, line, entry);
            else if (line.Kind == LineKind.Bullet && ListedPaper().Match(text) is { Success: true } listed) Add(layout, papers, line, listed);
            else if (line.Kind == LineKind.Table) AddRow(layout, papers, line);
            else if (line.Kind == LineKind.Heading && AnnexHeading().Match(text) is { Success: true } annex) Add(layout, papers, line, annex);
        }
        foreach (var cited in Cited(layout))
            if (cited.Named && !papers.Exists(p => Matches(p, cited.Text)))
                papers.Add(new(cited.Text, null, PaperReference.Parse(cited.Text), cited.Span));
        return papers;
    }

    /// <summary>A reference cited in running text; short forms („DS 6 – 025 zzgl Anlagen, 026") give one entry each.</summary>
    public sealed record Citation(string Text, PaperReference? Key, Span Span, bool Named);

    public static IEnumerable<Citation> Cited(DocumentLayout layout)
    {
        foreach (var line in layout.Lines)
        {
            if (line.IsBlank || line.Content.Length > 4000) continue;
            foreach (Match match in Citations().Matches(layout.Shadow.Substring(line.ContentStart, line.End - line.ContentStart)))
            {
                var span = new Span(line.ContentStart + match.Index, match.Length);
                if (match.Groups["named"].Success)
                {
                    yield return new(layout.Value(span), null, span, true);
                    continue;
                }
                var reference = match.Groups["ref"];
                var key = PaperReference.Parse(reference.Value);
                yield return new(reference.Value.Trim(), key, new(line.ContentStart + reference.Index, reference.Length), false);
                foreach (Capture more in match.Groups["more"].Captures)
                    if (key is not null)
                        yield return new(more.Value, key with { Number = int.Parse(more.Value, System.Globalization.CultureInfo.InvariantCulture), SubNumber = null, Part = null }, new(line.ContentStart + more.Index, more.Length), false);
            }
        }
    }

    private static bool Matches(Paper paper, string reference) => Squeeze(paper.Reference) == Squeeze(reference);

    private static string Squeeze(string reference) =>
        string.Concat(reference.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '–' or '.'))).ToUpperInvariant();

    private static void OwnNumber(DocumentLayout layout, List<Paper> papers)
    {
        if (layout.FrontMatter.TryGetValue("kuerzel", out var key) && MotionNumber().Match(key.Value) is { Success: true } named)
        {
            layout.FrontMatter.TryGetValue("titel", out var title);
            papers.Add(new(named.Groups["ref"].Value, title is null ? null : WithoutNumber(title.Value, key.Value), PaperReference.Parse(named.Groups["ref"].Value), key.Span));
            return;
        }
        string? nextTitle = null;
        var forms = MotionForms.Of(layout);
        for (var i = layout.Lines.Count - 1; i >= 0; i--)
        {
            var line = layout.Lines[i];
            // „DS 6 – 031 Titel" is a numbered paper, not a motion DS 6 with the title 031
            if (line.IsBlank || line.Content.Length > 250 || ListedPaper().IsMatch(line.Content)) continue;
            // the heading of a form may take two lines
            var heading = forms.Find(f => f.Heading.Start == line.ContentStart)?.Heading ?? line.ContentSpan;
            var match = MotionHeading().Match(layout.Value(heading));
            if (match.Success && (line.Kind == LineKind.Heading || i < 12 || match.Groups["word"].Success && match.Groups["title"].Success))
            {
                var reference = match.Groups["ref"].Value;
                var title = match.Groups["title"].Success ? match.Groups["title"].Value.Trim() : nextTitle;
                papers.RemoveAll(p => Squeeze(p.Reference) == Squeeze(reference));
                papers.Insert(0, new(reference, title, PaperReference.Parse(reference), heading));
            }
            else if (line.Kind == LineKind.Heading && !Header.IsFormWord(line.Content)) nextTitle = line.Content;
        }
    }

    private static string WithoutNumber(string title, string number) =>
        title.StartsWith(number, StringComparison.Ordinal) ? title[number.Length..].Trim(' ', ':', '-', '–') : title;

    private static void Add(DocumentLayout layout, List<Paper> papers, Line line, Match entry)
    {
        var reference = Regex.Replace(entry.Groups["ref"].Value, @"\s+", " ").Trim();
        var title = entry.Groups["title"];
        if (papers.Exists(p => p.Reference == reference)) return;
        papers.Add(new(reference, title.Length == 0 ? null : layout.Value(new(line.ContentStart + title.Index, title.Length)), PaperReference.Parse(reference), line.ContentSpan));
    }

    private static void AddRow(DocumentLayout layout, List<Paper> papers, Line line)
    {
        var cells = layout.Cells(line);
        if (cells.Count < 2) return;
        var reference = layout.Value(cells[0]);
        if (!CellReference().IsMatch(reference) || papers.Exists(p => p.Reference == reference)) return;
        var title = layout.Value(cells[1]);
        papers.Add(new(reference, title.Length == 0 ? null : title, PaperReference.Parse(reference), line.ContentSpan));
    }

    private const string Reference = @"(?:DS|B|BV|BS|IV|MV|AN|VO|V|A|Ä|ÄA|SÄ|GO|L|W|P|S|F|I)";

    /// <summary>„DS 6 – 003   Terminplanung": a number, then a tab, several blanks, a colon or a dash, then a title; after a number of two parts one blank is enough.</summary>
    [GeneratedRegex(@"^(?<ref>(?:DS|BV|BS|IV|MV|VO|B|V|Drs\.?|Drucksache|Vorlage|Anlage)\s*(?:Nr\.\s*)?[A-Z]{0,3}\d{1,4}(?:\s*[-–—/]\s*\d{1,5}){0,3}(?:\.\d{1,3})?(?:\s*\((?:Teil\s*\d+|Auszug)\))?|(?:Anlage|Anhang)\s\d{1,2}[a-z]?)(?:[ ]*\t\s*|[ ]{2,}|\s*:\s+|\s+[-–—]\s+|(?<=\d\s*[-–—]\s*\d{1,5}(?:\.\d{1,3})?(?:\s*\((?:Teil\s*\d+|Auszug)\))?)[ ](?=\p{Lu}))(?<title>\p{L}.*)$")]
    private static partial Regex Register();
    /// <summary>„DS 6 – 031 Terminplanung" in a list: the full number with its term needs one blank only.</summary>
    [GeneratedRegex(@"^(?<ref>(?:DS|BV|B|VO|MV|IV|BS)\s?\d{1,3}\s*[-–—/]\s*\d{3,5}(?:\s*[-–—.]\s*\d{1,3})?(?:\s*\((?:Teil\s*\d+|Auszug)\))?)\s+(?<title>\p{Lu}.*)$")]
    private static partial Regex ListedPaper();
    [GeneratedRegex(@"^(?<ref>(?:Anlage|Anhang)\s\d{1,2}[a-z]?)\b\s*(?:(?:zu\s)?(?:TOP\s\d+(?:\.\d+)*)?\s*:?\s*)(?<title>.*)$")]
    private static partial Regex AnnexHeading();
    [GeneratedRegex(@"^(?:" + Reference + @"[-\s]?\d{1,4}(?:[-–/. ]\d{1,4}){0,2}|(?:BV|VO|DS|Vorlage|Drs\.?|Drucksache|Antrag)\s*(?:Nr\.\s*)?[\w/.-]*\d[\w/.-]*|\d{1,4}/\d{2,4}(?:/\d+)?|\d{1,3}/[IVX]{1,4}/\d{4})$")]
    private static partial Regex CellReference();
    [GeneratedRegex(@"^(?:Antrag\s+|Initiativantrag\s+)?(?<ref>(?=\S*\d)[\w/.-]+)\b")]
    private static partial Regex MotionNumber();
    [GeneratedRegex(@"^(?!TOP|PUNKT|TAG|NR|UHR|Top)(?<word>(?:Änderungs|Initiativ|Dringlichkeits|Leit|Eil)?[Aa]ntrag\s+(?:Nr\.\s*)?)?(?<ref>(?:\d{1,3}/[IVX]{1,4}/\d{4}|[A-ZÄÖÜ]{1,4}[-\s]?\d{1,3}(?:[-.]\d{1,3})?(?:neu)?|(?<=[Aa]ntrag\s+(?:Nr\.\s*)?)\d{1,4}(?:/\d{2,4}|[-.]\d{1,3})?))(?:\s*[:–—-]\s+(?<title>.+)|(?<=/\d{4})\s+(?<title>.+)|(?<=[Aa]ntrag\s.{1,12})\s(?:an|zum|zur|auf)\s(?:den|die|das|der|dem)?\s?\p{Lu}.{3,100})?$")]
    private static partial Regex MotionHeading();
    [GeneratedRegex(@"(?<![\p{L}\d])(?:(?<named>(?:BV|VO|DS|Drs\.?|MV|IV|AN)\s?\d{4}/\d{1,5}|(?:Drucksache|Drs\.|Beschlussvorlage|Vorlage|Sitzungsvorlage|Informationsvorlage|Mitteilungsvorlage)\s*(?:Nr\.?:?\s*)?(?<number>[A-Z]{0,4}[-/ ]?\d{1,5}(?:[-/.]\d{1,5}){0,3}))|(?<ref>(?:DS|BV|B|VO|MV)\s?\d{1,3}\s*[-–—/]\s*\d{1,5}(?:\s*[-–—.]\s*\d{1,3})?(?:\s*\(Teil\s\d+\))?)(?:\s*zzgl\.?\s*Anlagen?)?(?:,\s*(?<more>\d{3})(?!\d))*)", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Citations();
}
