namespace Anlauf.Planning.Location;

/// <summary>
/// Looks first for plans close to the bound only, as if one were known there: far fewer sites stay free. Where none exists
/// that is a bound of its own, and the next search looks farther. The last search proves its plan without any assumption.
/// </summary>
internal static class GuessedSearch
{
    private const int WorthRestart = 3;

    /// <summary>Which part of the way to the best plan the first guess goes, and after a change, where the plan is nearer.</summary>
    public const int FirstPart = 8, WarmPart = 5;

    private const double Farther = 1.5, WorthGuessing = 0.75;

    /// <summary>Runs searches until one is complete or the clock stops.</summary>
    /// <param name="incumbent">best plan; its cut-off follows the guess</param>
    /// <param name="clock">limits</param>
    /// <param name="bound">scaled bound of everything</param>
    /// <param name="unit">least distance worth a guess, scaled</param>
    /// <param name="search">one search and the bound over what it left open</param>
    /// <param name="steps">
    /// for a bound that gets sharper on the way: the least step between guesses and the sharpest bound seen, both scaled
    /// </param>
    /// <param name="part">which part of the way the first guess goes</param>
    /// <returns>the best proof and what it leaves open (<see cref="long.MaxValue"/> when complete)</returns>
    public static (ProofStep Proof, long OpenBound) Run(
        Incumbent incumbent, SearchClock clock, long bound, long unit, Func<(ProofStep Proof, long OpenBound)> search, Func<(long Step, long Seen)>? steps = null, int part = FirstPart)
    {
        var reach = Math.Max(unit, steps?.Invoke().Step ?? (incumbent.CutOff - bound) / part);
        (ProofStep Proof, long OpenBound) best = (new ProofStep(), long.MinValue);
        while (true)
        {
            var guess = reach >= WorthGuessing * (incumbent.CutOff - bound) ? long.MaxValue : bound + reach;
            incumbent.Guess = guess;
            (incumbent.IsBrokenOff, incumbent.RestartBelow) = (false, bound + (incumbent.CutOff - bound) / WorthRestart);
            var found = search();
            (incumbent.Guess, incumbent.RestartBelow) = (long.MaxValue, long.MinValue);
            if (incumbent.IsBrokenOff && !clock.Exhausted) continue;
            if (guess < incumbent.CutOff) found.OpenBound = Math.Min(found.OpenBound, guess);
            if (found.OpenBound > best.OpenBound) best = found;
            if (best.OpenBound == long.MaxValue || clock.Exhausted || guess == long.MaxValue) return best;
            reach = Math.Max(reach + unit, (long)(reach * Farther));
            if (steps?.Invoke() is { } now) reach = Math.Max(reach, now.Seen - bound + now.Step);
        }
    }
}
