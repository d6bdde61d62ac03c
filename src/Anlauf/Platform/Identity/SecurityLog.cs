namespace Anlauf.Platform.Identity;

/// <summary>
/// What an operator watches for, on the console: tries that were refused. Numbers of accounts and persons and the declared form of a
/// route, never a name, an address or a value (ASVS 16.3). What succeeded stands in the audit.
/// </summary>
public sealed partial class SecurityLog(ILogger<SecurityLog> log)
{
    /// <summary>Somebody could not sign in, or could not prove that it is them.</summary>
    /// <param name="account">Number of the account; null where there is none of the name.</param>
    /// <param name="why">unknown, password, code, locked, address, device.</param>
    public void SignInRefused(int? account, string why) => SaySignIn(log, account, why);

    /// <summary>A page or endpoint was asked for without its right.</summary>
    public void PageRefused(HttpContext http) => SayPage(log, Person(http), Route(http));

    /// <summary>A form came without its token, or with a foreign one.</summary>
    public void FormRefused(HttpContext http) => SayForm(log, Person(http), Route(http));

    /// <summary>A measure was reached.</summary>
    public void TooMany(HttpContext http) => SayTooMany(log, Person(http), Route(http));

    private static string? Person(HttpContext http) => http.User.FindFirst(IdentitySetup.PersonClaim)?.Value;
    private static string Route(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "-";

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "sign-in refused: account {Account}, {Why}")]
    private static partial void SaySignIn(ILogger logger, int? account, string why);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "page refused: person {Person}, {Route}")]
    private static partial void SayPage(ILogger logger, string? person, string route);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "form refused: person {Person}, {Route}")]
    private static partial void SayForm(ILogger logger, string? person, string route);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "too many requests: person {Person}, {Route}")]
    private static partial void SayTooMany(ILogger logger, string? person, string route);
}
