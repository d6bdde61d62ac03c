namespace Anlauf.Platform;

/// <summary>The clock of the house: wherever the server stands, people read the time of Berlin.</summary>
public sealed class GermanTime : TimeProvider
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => Berlin;

    /// <summary>A point of time as a clock in Berlin shows it.</summary>
    public static DateTime Of(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Berlin).DateTime;
}

/// <summary>Points of time as people read them.</summary>
public static class GermanTimeExtensions
{
    /// <summary>The time in Berlin; a value without a kind is universal time, as the database gives it.</summary>
    public static DateTime InGermany(this DateTime at) => GermanTime.Of(at.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(at, TimeSpan.Zero) : at);

    /// <inheritdoc cref="InGermany(DateTime)"/>
    public static DateTime InGermany(this DateTimeOffset at) => GermanTime.Of(at);
}
