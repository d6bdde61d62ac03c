using Anlauf.Platform.Identity;

namespace Anlauf.Tests.Platform;

/// <summary>Passwords that guessing tries first are refused, good ones are not.</summary>
public sealed class PasswordTests
{
    [Theory]
    [InlineData("Passwort2026!")]
    [InlineData("P4ssw0rt1234")]
    [InlineData("qwertzuiop123")]
    [InlineData("asdfghjkl4321")]
    [InlineData("1234567890")]
    [InlineData("Sommer-2026!")]
    [InlineData("ichliebedich1")]
    [InlineData("Dynamo Dresden 1953")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("17.05.1974 03727")]
    [InlineData("Willkommen#01")]
    [InlineData("schatzi schatzi")]
    [InlineData("mailcreated5240")]
    [InlineData("NutterTools")]
    [InlineData("manchester#99!")]
    public void A_common_password_is_refused(string password) => PasswordRules.Problem("petra.probe", password).ShouldNotBeNull();

    [Theory]
    [InlineData("petra.probe und mehr")]
    [InlineData("das ist PETRA.PROBE")]
    public void The_user_name_is_no_part_of_it(string password) => PasswordRules.Problem("petra.probe", password)!.ShouldContain("Benutzernamen");

    [Theory]
    [InlineData("Regenrinne klappert halb acht")]
    [InlineData("7k#2Qx9!vLpz")]
    [InlineData("zitronenfalterkanzlei")]
    [InlineData("ein langer Satz als Kennwort")]
    public void A_password_that_nobody_tries_first_is_taken(string password) => PasswordRules.Problem("petra.probe", password).ShouldBeNull();
}
