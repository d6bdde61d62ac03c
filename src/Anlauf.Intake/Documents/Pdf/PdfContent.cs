namespace Anlauf.Intake.Documents.Pdf;

/// <summary>A piece of text on a page, in points from the page's lower left corner as it is looked at.</summary>
/// <param name="X">Where it begins along its own direction.</param>
/// <param name="Y">Its baseline.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Size">Height of its type.</param>
/// <param name="Turns">Quarter turns counter-clockwise its direction differs from left to right; X, Y and End are measured in the turned page.</param>
/// <param name="Text">Its text.</param>
internal readonly record struct PdfPiece(double X, double Y, double End, double Size, int Turns, string Text);

/// <summary>What was found on one page.</summary>
internal sealed class PdfPageText
{
    public List<PdfPiece> Pieces { get; } = [];

    /// <summary>Size of the page in points, as it is looked at.</summary>
    public double Width { get; init; }

    public double Height { get; init; }

    public bool HasPicture { get; set; }

    /// <summary>Shown characters, those without known text among them, and those drawn invisibly (the text layer of a scan).</summary>
    public int Characters { get; set; }

    public int Unknown { get; set; }

    public int Invisible { get; set; }
}

/// <summary>Runs the content of pages and collects the text they show (ISO 32000-1, 8.4, 9.3, 9.4; forms 8.10; marked content 14.6).</summary>
internal sealed class PdfContent(PdfFile file)
{
    private const double Edge = 2;
    private const int DeepestForm = 16;
    private const int MostOperands = 512;
    private const int MostSavedStates = 512;

    private sealed record TextState(PdfMatrix Page, PdfFont? Font, double Size, double CharacterSpace, double WordSpace, double Scale, double Leading, int Mode);

    private readonly Dictionary<PdfDictionary, PdfFont> fonts = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<PdfStream, byte[]> forms = new(ReferenceEqualityComparer.Instance);
    private long operationsLeft = 20_000_000;
    private long charactersLeft = DocumentLimits.TextLength;

    /// <exception cref="PdfTooLargeException">The pages hold more operations or text than any document needs.</exception>
    public PdfPageText Run(PdfPage page)
    {
        var (wide, high) = (page.Box[2] - page.Box[0], page.Box[3] - page.Box[1]);
        var result = page.Turns % 2 == 0 ? new PdfPageText { Width = wide, Height = high } : new PdfPageText { Width = high, Height = wide };
        var content = new MemoryStream();
        foreach (var part in file.Resolve(page.Dictionary.GetValueOrDefault("Contents")) switch
        {
            PdfStream one => [one],
            List<object?> list => list.Select(file.Resolve).OfType<PdfStream>(),
            _ => (IEnumerable<PdfStream>)[],
        })
        {
            content.Write(file.Data(part));
            content.WriteByte((byte)'\n');
        }
        Run(content.ToArray(), page.Resources, new TextState(Upright(page), null, 0, 0, 0, 1, 0, 0), result, 0);
        return result;
    }

    /// <summary>Turns the page the way it is looked at and puts its lower left corner at the origin.</summary>
    private static PdfMatrix Upright(PdfPage page)
    {
        var (left, bottom, right, top) = (page.Box[0], page.Box[1], page.Box[2], page.Box[3]);
        return page.Turns switch
        {
            1 => new PdfMatrix(0, -1, 1, 0, -bottom, right),
            2 => new PdfMatrix(-1, 0, 0, -1, right, top),
            3 => new PdfMatrix(0, 1, -1, 0, top, -left),
            _ => new PdfMatrix(1, 0, 0, 1, -left, -bottom),
        };
    }

    private void Run(byte[] content, PdfDictionary? resources, TextState state, PdfPageText result, int depth)
    {
        var lexer = new PdfLexer(content, readReferences: false);
        var operands = new List<object?>();
        var saved = new Stack<TextState>();
        var marked = new Stack<ActualText?>();
        PdfMatrix text = PdfMatrix.Identity, line = PdfMatrix.Identity;
        while (true)
        {
            var item = lexer.Read();
            if (item is not PdfKeyword word)
            {
                if (operands.Count < MostOperands) operands.Add(item);
                continue;
            }
            if (ReferenceEquals(word, PdfKeyword.End)) return;
            if (--operationsLeft < 0) throw new PdfTooLargeException();
            double N(int index) => index < operands.Count && operands[index] is double number ? number : 0;
            switch (word.Value)
            {
                case "q" when saved.Count < MostSavedStates: saved.Push(state); break;
                case "Q" when saved.Count > 0: state = saved.Pop(); break;
                case "cm": state = state with { Page = Six(N).Then(state.Page) }; break;
                case "BT": text = line = PdfMatrix.Identity; break;
                case "Tf": state = state with { Font = Font(resources, operands), Size = N(1) }; break;
                case "Tc": state = state with { CharacterSpace = N(0) }; break;
                case "Tw": state = state with { WordSpace = N(0) }; break;
                case "Tz": state = state with { Scale = N(0) / 100 }; break;
                case "TL": state = state with { Leading = N(0) }; break;
                case "Tr": state = state with { Mode = (int)N(0) }; break;
                case "gs": state = WithFontOf(state, resources, operands); break;
                case "Td": text = line = line.Moved(N(0), N(1)); break;
                case "TD":
                    state = state with { Leading = -N(1) };
                    text = line = line.Moved(N(0), N(1));
                    break;
                case "Tm": text = line = Six(N); break;
                case "T*": text = line = line.Moved(0, -state.Leading); break;
                case "Tj": text = Show(operands.FirstOrDefault(), state, text, marked, result); break;
                case "TJ": text = Show(operands.FirstOrDefault(), state, text, marked, result); break;
                case "'":
                    text = line = line.Moved(0, -state.Leading);
                    text = Show(operands.FirstOrDefault(), state, text, marked, result);
                    break;
                case "\"":
                    state = state with { WordSpace = N(0), CharacterSpace = N(1) };
                    text = line = line.Moved(0, -state.Leading);
                    text = Show(operands.ElementAtOrDefault(2), state, text, marked, result);
                    break;
                case "BMC" or "BDC": marked.Push(ActualText.Of(file, resources, operands) ?? (marked.Count > 0 ? marked.Peek() : null)); break;
                case "EMC" when marked.Count > 0: marked.Pop(); break;
                case "Do" when operands.FirstOrDefault() is PdfName name: Draw(name.Value, resources, state, result, depth); break;
                case "BI":
                    result.HasPicture = true;
                    SkipInlinePicture(lexer);
                    break;
            }
            operands.Clear();
        }
    }

    private static PdfMatrix Six(Func<int, double> number) => new(number(0), number(1), number(2), number(3), number(4), number(5));

    private PdfFont? Font(PdfDictionary? resources, List<object?> operands) =>
        operands.FirstOrDefault() is PdfName name && file.Get<PdfDictionary>(file.Get<PdfDictionary>(resources, "Font"), name.Value) is { } font ? Font(font) : null;

    private PdfFont Font(PdfDictionary font) => fonts.TryGetValue(font, out var known) ? known : fonts[font] = new PdfFont(file, font);

    private TextState WithFontOf(TextState state, PdfDictionary? resources, List<object?> operands) =>
        operands.FirstOrDefault() is PdfName name
        && file.Get<List<object?>>(file.Get<PdfDictionary>(file.Get<PdfDictionary>(resources, "ExtGState"), name.Value), "Font") is { Count: 2 } font
        && file.Resolve(font[0]) is PdfDictionary dictionary && file.Resolve(font[1]) is double size
            ? state with { Font = Font(dictionary), Size = size } : state;

    private void Draw(string name, PdfDictionary? resources, TextState state, PdfPageText result, int depth)
    {
        if (file.Get<PdfStream>(file.Get<PdfDictionary>(resources, "XObject"), name) is not { } drawn) return;
        var kind = file.Name(drawn.Dictionary, "Subtype");
        if (kind == "Image") result.HasPicture = true;
        if (kind != "Form" || depth >= DeepestForm) return;
        if (!forms.TryGetValue(drawn, out var content)) forms[drawn] = content = file.Data(drawn);
        var matrix = file.Numbers(drawn.Dictionary, "Matrix", 6) is { } six ? PdfMatrix.From(six) : PdfMatrix.Identity;
        Run(content, file.Get<PdfDictionary>(drawn.Dictionary, "Resources") ?? resources, state with { Page = matrix.Then(state.Page) }, result, depth + 1);
    }

    private PdfMatrix Show(object? shown, TextState state, PdfMatrix text, Stack<ActualText?> marked, PdfPageText result)
    {
        if (shown is PdfString single) return ShowString(single, state, text, marked, result);
        foreach (var part in shown as List<object?> ?? [])
        {
            if (part is PdfString piece) text = ShowString(piece, state, text, marked, result);
            else if (part is double back) text = text.Moved(-back / 1000 * state.Size * state.Scale, 0);
        }
        return text;
    }

    private PdfMatrix ShowString(PdfString shown, TextState state, PdfMatrix text, Stack<ActualText?> marked, PdfPageText result)
    {
        if (state.Font is null) return text;
        var replacement = marked.Count > 0 ? marked.Peek() : null;
        foreach (var glyph in state.Font.Decode(shown.Bytes))
        {
            if (--charactersLeft < 0 || --operationsLeft < 0 || result.Characters >= DocumentLimits.PageCharacters) throw new PdfTooLargeException();
            var advance = ((glyph.Width / 1000 * state.Size) + state.CharacterSpace + (glyph.IsSpaceCode ? state.WordSpace : 0)) * state.Scale;
            var content = replacement is null ? glyph.Text : replacement.Take();
            result.Characters++;
            if (!glyph.IsKnown && replacement is null) result.Unknown++;
            if (state.Mode == 3) result.Invisible++;
            if (content.Length > 0 && Placed(content, state, text, advance, result) is { } piece) result.Pieces.Add(piece);
            text = text.Moved(advance, 0);
        }
        return text;
    }

    private static PdfPiece? Placed(string content, TextState state, PdfMatrix text, double advance, PdfPageText page)
    {
        var all = text.Then(state.Page);
        // the rise of raised figures is left out: they belong to the line they are raised from
        var (x, y) = all.Apply(0, 0);
        var (endX, endY) = all.Apply(advance, 0);
        var size = Math.Abs(state.Size) * Math.Sqrt((all.C * all.C) + (all.D * all.D));
        if (!double.IsFinite(x) || !double.IsFinite(y) || !double.IsFinite(endX) || !double.IsFinite(endY) || !double.IsFinite(size) || size <= 0) return null;
        // what lies beside the page is not seen
        if (x < -Edge || y < -Edge || x > page.Width + Edge || y > page.Height + Edge) return null;
        // the writing direction, to the nearest quarter turn
        var turns = Math.Abs(all.A) >= Math.Abs(all.B) ? (all.A >= 0 ? 0 : 2) : all.B > 0 ? 1 : 3;
        return turns switch
        {
            1 => new PdfPiece(y, -x, endY, size, 1, content),
            2 => new PdfPiece(-x, -y, -endX, size, 2, content),
            3 => new PdfPiece(-y, x, -endY, size, 3, content),
            _ => new PdfPiece(x, y, endX, size, 0, content),
        };
    }

    /// <summary>Passes over the data of a picture inside the content: up to an EI that stands alone.</summary>
    private static void SkipInlinePicture(PdfLexer lexer)
    {
        while (lexer.Read() is var item && item is not PdfKeyword { Value: "ID" or "" }) { }
        var bytes = lexer.Bytes;
        for (var at = lexer.Position + 1; at + 1 < bytes.Length; at++)
        {
            if (bytes[at] != 'E' || bytes[at + 1] != 'I' || !PdfLexer.IsBlank(bytes[at - 1])) continue;
            if (at + 2 < bytes.Length && !PdfLexer.IsBlank(bytes[at + 2])) continue;
            lexer.Position = at + 2;
            return;
        }
        lexer.Position = bytes.Length;
    }

    /// <summary>Text a producer gives for a stretch of content (a ligature, a hyphenated word): the first glyph takes it, the others nothing.</summary>
    private sealed class ActualText(string text)
    {
        private string left = text;

        public static ActualText? Of(PdfFile file, PdfDictionary? resources, List<object?> operands)
        {
            var properties = operands.ElementAtOrDefault(1) switch
            {
                PdfDictionary direct => direct,
                PdfName name => file.Get<PdfDictionary>(file.Get<PdfDictionary>(resources, "Properties"), name.Value),
                _ => null,
            };
            if (file.Get<PdfString>(properties, "ActualText") is not { } actual) return null;
            var bytes = actual.Bytes;
            var text = bytes is [0xFE, 0xFF, ..] ? System.Text.Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2)
                : bytes is [0xEF, 0xBB, 0xBF, ..] ? System.Text.Encoding.UTF8.GetString(bytes, 3, bytes.Length - 3)
                : string.Concat(bytes.Select(code => PdfEncodings.Named("WinAnsiEncoding")[code]));
            return new ActualText(PdfEncodings.Readable(text));
        }

        public string Take()
        {
            var taken = left;
            left = "";
            return taken;
        }
    }
}
