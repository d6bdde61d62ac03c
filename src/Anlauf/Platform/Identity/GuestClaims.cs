using System.Security.Claims;

namespace Anlauf.Platform.Identity;

/// <summary>Whether a session is a guest's. It is decided when signing in: an account is a guest's or it is not.</summary>
public static class GuestClaims
{
    /// <summary>Claim of a guest's session.</summary>
    public const string Name = "anlauf:guest";

    /// <summary>Where a guest's work is.</summary>
    public const string Home = "/gast";

    /// <summary>True for the session of a guest.</summary>
    public static bool IsGuest(this ClaimsPrincipal user) => user.HasClaim(Name, "yes");
}
