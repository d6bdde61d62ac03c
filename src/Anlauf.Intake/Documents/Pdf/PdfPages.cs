namespace Anlauf.Intake.Documents.Pdf;

/// <summary>A page with what it inherits: resources, box (left, bottom, right, top) and quarter turns clockwise.</summary>
internal sealed record PdfPage(PdfDictionary Dictionary, PdfDictionary? Resources, double[] Box, int Turns);

/// <summary>Walks the tree of pages.</summary>
internal static class PdfPages
{
    private const int MostPages = 10_000;
    private static readonly double[] A4 = [0, 0, 595, 842];

    public static IReadOnlyList<PdfPage> Of(PdfFile file)
    {
        var pages = new List<PdfPage>();
        var visited = new HashSet<PdfDictionary>(ReferenceEqualityComparer.Instance);
        // a stack in place of recursion: trees of pages may be chains thousands deep
        var waiting = new Stack<(PdfDictionary Node, PdfPage Inherited)>();
        if (file.Get<PdfDictionary>(file.Catalogue, "Pages") is { } root) waiting.Push((root, new PdfPage(root, null, A4, 0)));
        while (waiting.TryPop(out var next) && pages.Count < MostPages)
        {
            if (!visited.Add(next.Node)) continue;
            var page = Inherit(file, next.Node, next.Inherited);
            if (file.Get<List<object?>>(next.Node, "Kids") is { } kids)
            {
                for (var i = kids.Count - 1; i >= 0; i--)
                    if (file.Resolve(kids[i]) is PdfDictionary kid) waiting.Push((kid, page));
            }
            else pages.Add(page);
        }
        return pages;
    }

    private static PdfPage Inherit(PdfFile file, PdfDictionary node, PdfPage above)
    {
        var box = file.Numbers(node, "CropBox", 4) ?? file.Numbers(node, "MediaBox", 4);
        if (box is not null) box = [Math.Min(box[0], box[2]), Math.Min(box[1], box[3]), Math.Max(box[0], box[2]), Math.Max(box[1], box[3])];
        var turns = file.Int(node, "Rotate") is { } degrees ? ((degrees / 90 % 4) + 4) % 4 : above.Turns;
        return new PdfPage(node, file.Get<PdfDictionary>(node, "Resources") ?? above.Resources, box ?? above.Box, turns);
    }
}
