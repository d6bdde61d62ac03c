namespace Anlauf.Testing;

/// <summary>
/// Limits of time. They are promises for a machine that does nothing else: with ANLAUF_QUIET=1 they hold as they are said.
/// Otherwise a test runs beside all the others on whatever there is, and ten times as long is still quick enough to tell a slow machine from work that grows out of hand.
/// </summary>
internal static class Quiet
{
    private static readonly bool Alone = Environment.GetEnvironmentVariable("ANLAUF_QUIET") == "1";

    /// <param name="seconds">What is promised on a quiet machine.</param>
    public static TimeSpan Limit(double seconds) => TimeSpan.FromSeconds(Alone ? seconds : 10 * seconds);
}
