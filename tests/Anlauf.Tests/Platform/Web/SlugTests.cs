using Anlauf.Platform.Web;

namespace Anlauf.Tests.Platform.Web;

public sealed class SlugTests
{
    [Theory]
    [InlineData("Präsenz in der Fläche", "praesenz-in-der-flaeche")]
    [InlineData("Groß-Umstadt (Süd)", "gross-umstadt-sued")]
    [InlineData("Café & Büro", "cafe-buero")]
    [InlineData("  §§ ", "")]
    public void A_slug_has_only_lower_case_letters_digits_and_single_hyphens(string text, string slug) => Slug.From(text).ShouldBe(slug);
}
