using System.Globalization;
using System.Xml.Linq;

namespace Anlauf.Intake.Documents;

/// <summary>Access to office XML by local names, so that all dialects (transitional and strict Word, all versions of OpenDocument) read alike.</summary>
internal static class OfficeXml
{
    public static string Name(this XElement element) => element.Name.LocalName;

    public static XElement? Child(this XElement? element, string name) =>
        element?.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    public static IEnumerable<XElement> Children(this XElement? element, string name) =>
        element?.Elements().Where(child => child.Name.LocalName == name) ?? [];

    public static string? Attr(this XElement? element, string name) =>
        element?.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName == name)?.Value;

    /// <summary>The <c>val</c> of a child such as <c>w:pStyle</c>.</summary>
    public static string? ChildVal(this XElement? element, string name) => element.Child(name).Attr("val");

    public static int? ChildInt(this XElement? element, string name) => Int(element.ChildVal(name));

    public static int? Int(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>An on/off property: present without value means on.</summary>
    public static bool IsOn(this XElement? element, string name) =>
        element.Child(name) is { } toggle && toggle.Attr("val") is not ("0" or "false" or "off");
}
