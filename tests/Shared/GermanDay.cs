using System.Runtime.CompilerServices;

namespace Anlauf.Testing;

/// <summary>Tests ask for today as the program does, in German time: on a machine that keeps another they would be a day off for an hour or two.</summary>
internal static class GermanDay
{
    [ModuleInitializer]
    internal static void Keep()
    {
        Environment.SetEnvironmentVariable("TZ", "Europe/Berlin");
        TimeZoneInfo.ClearCachedData();
    }
}
