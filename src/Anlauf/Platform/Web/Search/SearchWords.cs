using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Anlauf.Platform.Web.Search;

/// <summary>
/// What somebody types to find a person stands in no address as it was typed: addresses stay in the history of browsers and in the logs
/// of proxies (ASVS 14.2.1). It travels sealed for the account that typed it, so that a list can still be sorted, turned over and gone back to.
/// </summary>
public sealed class SearchWords(IDataProtectionProvider provider, IHttpContextAccessor accessor)
{
    /// <summary>What stands for a word that was sealed for somebody else, or whose key is gone; nobody is called so.</summary>
    public const string Unreadable = "(nur für die lesbar, die es getippt haben)";

    /// <summary>Names of the fields in which a search is typed.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["name", "q"];

    private const char Mark = '~';

    private IDataProtector Protector => provider.CreateProtector("search-words", accessor.HttpContext?.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "");

    /// <summary>A word as it stands in an address: „~“ and characters that an address takes as they are.</summary>
    public string Seal(string word) => Mark + WebEncoders.Base64UrlEncode(Protector.Protect(System.Text.Encoding.UTF8.GetBytes(word)));

    /// <summary>The word as it was typed; one that was never sealed comes back as it is, one that cannot be opened as <see cref="Unreadable"/>.</summary>
    public string? Open(string? value)
    {
        if (value is not [Mark, .. var rest]) return value;
        try
        {
            return System.Text.Encoding.UTF8.GetString(Protector.Unprotect(WebEncoders.Base64UrlDecode(rest)));
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return Unreadable;
        }
    }

    /// <summary>A value of the address of a request, as it was typed; null where it is not there.</summary>
    public static string? Of(HttpRequest request, string name) =>
        request.Query.TryGetValue(name, out var found) ? request.HttpContext.RequestServices?.GetService<SearchWords>() is { } words && Fields.Contains(name) ? words.Open(found.ToString()) : found.ToString() : null;
}
