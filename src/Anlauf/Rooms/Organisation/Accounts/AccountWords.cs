using Anlauf.Platform;
using Anlauf.Platform.Web.Components;

namespace Anlauf.Rooms.Organisation.Accounts;

/// <summary>An account's state in words.</summary>
internal static class AccountWords
{
    public static string State(AccountRegister.Row account) => account switch
    {
        { LockedForGood: true } => "gesperrt",
        { LockedUntil: { } until } => $"nach falschen Kennwörtern gesperrt bis {until.InGermany():HH:mm} Uhr",
        { InvitedUntil: { } until } => $"eingeladen, Link gilt bis {until.InGermany():d.M.yyyy}",
        { LastSignedInAt: null } => "noch nie angemeldet",
        _ => "offen",
    };

    public static Standing Standing(AccountRegister.Row account) => account switch
    {
        { LockedForGood: true } => Platform.Web.Components.Standing.Missing,
        { LockedUntil: not null } or { InvitedUntil: not null } or { LastSignedInAt: null } => Platform.Web.Components.Standing.UnderWay,
        _ => Platform.Web.Components.Standing.Reached,
    };

    public static string Factor(AccountRegister.Row account) => (account.CodeApp, account.Devices) switch
    {
        (true, 0) => "Code-App",
        (true, _) => "Gerät und Code-App",
        (false, > 0) => "Gerät",
        _ => account.SecondFactorMissing ? "verlangt, fehlt noch" : "keiner",
    };
}
