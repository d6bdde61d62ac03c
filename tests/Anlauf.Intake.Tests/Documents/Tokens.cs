using System.Text;
using System.Text.RegularExpressions;

namespace Anlauf.Intake.Tests.Documents;

/// <summary>Compares two renderings of one document word by word.</summary>
internal static partial class Tokens
{
    /// <summary>Words and numbers only, without Markdown signs, in order.</summary>
    public static string[] Of(string text) => [.. Word().Matches(text.Normalize(NormalizationForm.FormC)).Select(match => match.Value)];

    /// <summary>The text of a Markdown file: front matter, emphasis, link targets, list markers, HTML and rules taken away.</summary>
    public static string WithoutMarkup(string markdown)
    {
        var text = markdown.ReplaceLineEndings("\n");
        text = Regex.Replace(text, @"\A---\n.*?\n---\n", "", RegexOptions.Singleline);
        text = text.Replace("&nbsp;", " ", StringComparison.Ordinal);
        text = Regex.Replace(text, @"<br ?/?>", " ");
        text = Regex.Replace(text, @"!?\[([^\]]*)\]\(([^)]*)\)", "$1");
        text = Regex.Replace(text, @"<(https?://[^>]*)>", "$1");
        text = Regex.Replace(text, @"^[ \t]*(?:[0-9]+\.|[-*+])[ \t]+", "", RegexOptions.Multiline);
        text = Regex.Replace(text, @"^#+ ", "", RegexOptions.Multiline);
        return Regex.Replace(text, @"\*\*|\\", "");
    }

    /// <summary>Share of the words of <paramref name="expected"/> found in the same order in <paramref name="actual"/>, counted against the longer of the two (longest common subsequence).</summary>
    public static double Agreement(string[] expected, string[] actual)
    {
        if (expected.Length == 0 || actual.Length == 0) return 0;
        var previous = new int[actual.Length + 1];
        var current = new int[actual.Length + 1];
        foreach (var word in expected)
        {
            for (var j = 1; j <= actual.Length; j++)
                current[j] = word == actual[j - 1] ? previous[j - 1] + 1 : Math.Max(previous[j], current[j - 1]);
            (previous, current) = (current, previous);
        }
        return previous[actual.Length] / (double)Math.Max(expected.Length, actual.Length);
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+|[§€%#&@]")]
    private static partial Regex Word();
}
