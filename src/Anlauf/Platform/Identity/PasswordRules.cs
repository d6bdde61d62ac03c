using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Anlauf.Platform.Identity;

/// <summary>
/// Refuses passwords that guessing tries first: those with the user name in them, and those that are nothing but a common word or two
/// with digits, signs and the usual replacements (NIST SP 800-63B, 5.1.1.2). The list is our own and needs no network.
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<Account>
{
    private static readonly HashSet<string> Words = Read();
    private static readonly HashSet<string> Leaked = ReadLeaked();
    private static readonly string[] Rows = ["1234567890", "qwertzuiopü", "asdfghjklöä", "yxcvbnm", "qwertyuiop", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "1qay2wsx3edc4rfv5tgb6zhn7ujm", "1q2w3e4r5t6z7u8i9o0p", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm"];

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) => Task.FromResult(Problem(user.UserName ?? "", password ?? "") is { } problem
        ? IdentityResult.Failed(new IdentityError { Code = nameof(PasswordRules), Description = problem })
        : IdentityResult.Success);

    /// <summary>What is wrong with a password, or null.</summary>
    public static string? Problem(string userName, string password)
    {
        var plain = password.ToLowerInvariant();
        if (userName.Length >= 3 && plain.Contains(userName.ToLowerInvariant(), StringComparison.Ordinal)) return "Das Kennwort enthält den Benutzernamen. Nehmen Sie ein anderes";
        if (plain.Distinct().Count() < 5) return "Das Kennwort wiederholt nur wenige Zeichen. Nehmen Sie ein anderes";
        return IsRow(plain) || IsCommon(plain)
            ? "Dieses Kennwort ist so verbreitet, dass es bei einem Angriff zuerst probiert wird. Vier Wörter, die nichts miteinander zu tun haben, sind besser"
            : IsLeaked(plain) ? "Dieses Kennwort steht, so oder fast so, in Listen gestohlener Kennwörter. Nehmen Sie ein anderes" : null;
    }

    // as it stands there, or with digits and signs behind it
    private static bool IsLeaked(string plain) => Leaked.Contains(plain) || Leaked.Contains(plain.TrimEnd([.. "0123456789!?.,#*$-_+ "]));

    // at most three runs of keys that lie beside each other, forwards or backwards: qwertzuiop123, asdfghjkl321
    private static bool IsRow(string plain)
    {
        var rest = plain.AsSpan();
        for (var runs = 0; rest.Length > 0 && runs < 3; runs++)
        {
            var longest = 0;
            foreach (var row in Rows)
                foreach (var line in new[] { row + row, new string([.. (row + row).Reverse()]) })
                    for (var length = rest.Length; length > longest; length--)
                        if (line.Contains(rest[..length].ToString(), StringComparison.Ordinal)) longest = length;
            if (longest < 3) return false;
            rest = rest[longest..];
        }
        return rest.Length == 0;
    }

    // letters only, once as written and once with the usual replacements undone; what remains is nothing (dates, telephone numbers) or one or two words of the list
    private static bool IsCommon(string plain) => new[] { plain, Undone(plain) }.Select(p => new string([.. p.Where(char.IsLetter)])).Distinct()
        .Any(letters => letters.Length == 0 || Words.Contains(letters) || Enumerable.Range(1, Math.Max(0, letters.Length - 1)).Any(i => Words.Contains(letters[..i]) && Words.Contains(letters[i..])));

    private static string Undone(string plain)
    {
        var text = new StringBuilder(plain.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '!', '?', '.', '#', '*', '$', '-', '_'));
        foreach (var (sign, letter) in new[] { ('0', 'o'), ('1', 'i'), ('3', 'e'), ('4', 'a'), ('5', 's'), ('7', 't'), ('8', 'b'), ('@', 'a'), ('$', 's'), ('!', 'i') }) text.Replace(sign, letter);
        return text.ToString();
    }

    // of the 30,000 most frequent passwords of past leaks, as the npm package zxcvbn (MIT) counted them, those from six characters on; written by build/assets.mjs
    private static HashSet<string> ReadLeaked()
    {
        using var reader = new StreamReader(typeof(PasswordRules).Assembly.GetManifestResourceStream("assets/leaked-passwords.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static HashSet<string> Read()
    {
        using var reader = new StreamReader(typeof(PasswordRules).Assembly.GetManifestResourceStream("Anlauf.Platform.Identity.common-password-words.txt")!);
        return [.. reader.ReadToEnd().Split('\n').Where(line => !line.StartsWith('#')).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(w => w.Trim())];
    }
}
