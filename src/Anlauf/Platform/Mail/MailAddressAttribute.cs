using System.ComponentModel.DataAnnotations;

namespace Anlauf.Platform.Mail;

/// <summary>An address of mail, or nothing: an empty field of a form is no mistake, as it would be for <see cref="EmailAddressAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MailAddressAttribute() : ValidationAttribute("Diese E-Mail-Adresse ist unvollständig. Sie sieht aus wie name@verband.example")
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is null || value is string text && (string.IsNullOrWhiteSpace(text) || Outbox.IsAddress(text.Trim()));
}
