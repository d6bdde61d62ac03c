using System.Globalization;
using Anlauf.Planning;

namespace Anlauf.Rooms.Presence;

/// <summary>Value and bound of a search that takes a while, a line a second at most, so that stdout carries answers only.</summary>
internal sealed class PlanProgressLines(TextWriter output) : IProgress<PlanProgress>
{
    private static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("de-DE");
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private TimeSpan _next = Pause;

    public void Report(PlanProgress value)
    {
        lock (_lock)
        {
            // the clock of every search begins at nought
            if (value.Elapsed < _next - Pause) _next = Pause;
            if (value.Elapsed < _next) return;
            _next = value.Elapsed + Pause;
            output.WriteLine(string.Create(Culture, $"  nach {value.Elapsed.TotalSeconds:0} s: Wert {Text(value.Value, "noch keiner")}, Schranke {Text(value.Bound, "noch keine")}"));
        }
    }

    private static string Text(decimal? value, string none) => value?.ToString("#,0.###", Culture) ?? none;
}
