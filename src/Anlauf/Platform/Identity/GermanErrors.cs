using Microsoft.AspNetCore.Identity;

namespace Anlauf.Platform.Identity;

/// <summary>What ASP.NET Core Identity refuses, in German.</summary>
internal sealed class GermanErrors : IdentityErrorDescriber
{
    private static IdentityError Say(string code, string text) => new() { Code = code, Description = text };

    public override IdentityError PasswordTooShort(int length) => Say(nameof(PasswordTooShort), $"Das Kennwort ist zu kurz: mindestens {length} Zeichen. Ein kurzer Satz ist gut und leicht zu merken");
    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) => Say(nameof(PasswordRequiresUniqueChars), $"Das Kennwort braucht mindestens {uniqueChars} verschiedene Zeichen");
    public override IdentityError PasswordMismatch() => Say(nameof(PasswordMismatch), "Das bisherige Kennwort stimmt nicht");
    public override IdentityError DuplicateUserName(string userName) => Say(nameof(DuplicateUserName), $"Ein Konto „{userName}“ gibt es schon");
    public override IdentityError InvalidUserName(string? userName) => Say(nameof(InvalidUserName), "Ein Benutzername besteht aus Buchstaben ohne Umlaute, Ziffern, Punkt, Binde- und Unterstrich");
    public override IdentityError ConcurrencyFailure() => Say(nameof(ConcurrencyFailure), "Das Konto wurde gerade an anderer Stelle geändert. Versuchen Sie es noch einmal");
    public override IdentityError LoginAlreadyAssociated() => Say(nameof(LoginAlreadyAssociated), "Diese Anmeldung gehört schon zu einem anderen Konto");
    public override IdentityError DefaultError() => Say(nameof(DefaultError), "Das hat nicht geklappt. Versuchen Sie es noch einmal");
}
