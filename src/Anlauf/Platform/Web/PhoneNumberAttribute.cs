using System.ComponentModel.DataAnnotations;

namespace Anlauf.Platform.Web;

/// <summary>A telephone number as people write it, with whatever they note beside it; blank is none. At least four digits, at most 40 signs.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PhoneNumberAttribute() : ValidationAttribute("Das ist keine Telefonnummer. Sie sieht aus wie 0351 123456, höchstens 40 Zeichen")
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is null || value is string text && (string.IsNullOrWhiteSpace(text) || text.Length <= 40 && text.Count(char.IsAsciiDigit) >= 4);
}
