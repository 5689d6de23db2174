using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace MoocPlatform.Kernel;

/// <summary><c>&lt;icon name="check"/&gt;</c>: one of the design's icons. It never stands alone without a name in words.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTag(IFileVersionProvider versions) : TagHelper
{
    /// <summary>The one file of icons and covers, with the version that lets a browser keep it.</summary>
    internal static string File(IFileVersionProvider versions) => versions.AddFileVersionToPath(PathString.Empty, "/icons.svg");

    public string Name { get; set; } = "";

    /// <summary>Without the size and strokes of an icon: the mark beside the name of the site.</summary>
    public bool Plain { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent($"<svg{(Plain ? "" : " class=\"icon\"")} aria-hidden=\"true\"><use href=\"{File(versions)}#{Name}\"/></svg>");
    }
}

/// <summary><c>&lt;cover pattern="arches" hue="sea"/&gt;</c>: a course's picture, drawn from a pattern and a hue.</summary>
[HtmlTargetElement("cover", TagStructure = TagStructure.WithoutEndTag)]
public sealed class CoverTag(IFileVersionProvider versions) : TagHelper
{
    public string Pattern { get; set; } = "arches";

    public string Hue { get; set; } = "sea";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var (hue, pattern) = (System.Net.WebUtility.HtmlEncode(Hue), System.Net.WebUtility.HtmlEncode(Pattern));
        output.Content.SetHtmlContent($"<svg class=\"cover\" data-hue=\"{hue}\" aria-hidden=\"true\"><use href=\"{IconTag.File(versions)}#cover-{pattern}\"/></svg>");
    }
}

/// <summary><c>&lt;avatar person="..."/&gt;</c>: the circle with a person's initials.</summary>
[HtmlTargetElement("avatar", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AvatarTag : TagHelper
{
    public Person Person { get; set; } = null!;

    public bool Large { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Large ? "avatar avatar-lg" : "avatar");
        output.Attributes.SetAttribute("data-hue", Person.Hue);
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetContent(Person.Initials);
    }
}

/// <summary>
/// <c>&lt;moment at="@instant" zone="@courseZone" hint&gt;</c>: a time element in the reader's zone and language;
/// <c>day</c> shows the date alone, <c>hint</c> adds "in 2 days".
/// </summary>
[HtmlTargetElement("moment", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MomentTag(Reader reader) : TagHelper
{
    public DateTimeOffset At { get; set; }

    /// <summary>Zone to use as long as the reader's own is not known.</summary>
    public string? Zone { get; set; }

    public bool Day { get; set; }

    public bool Hint { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        var shown = Day ? reader.Day(At, Zone) : reader.When(At, Zone);
        output.Content.SetContent(Hint ? $"{shown}, {reader.Hint(At)}" : shown);
    }
}
