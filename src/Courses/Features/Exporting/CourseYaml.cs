using System.Globalization;
using System.Text;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Importing;
using MoocPlatform.Enrollment.Contracts;

namespace MoocPlatform.Courses.Features.Exporting;

/// <summary>The two texts with settings, written so that the import reads back what was there: course.yaml and the items' files.</summary>
internal static class CourseYaml
{
    public static string Of(CourseContent content)
    {
        var course = content.Course;
        var yaml = new StringBuilder("format: 1\n");
        Line(yaml, "slug", course.Slug);
        Line(yaml, "title", course.Title);
        Line(yaml, "language", course.Language);
        Line(yaml, "subject", course.Subject);
        Line(yaml, "summary", course.Summary);
        Text(yaml, "description", course.Description);
        Text(yaml, "audience", course.Audience);
        List(yaml, "objectives", course.Objectives.Select(o => $"  - {YamlText.Line(o)}\n"));
        if (course.HoursPerWeek > 0 || course.Weeks > 0)
            yaml.Append(CultureInfo.InvariantCulture, $"effort: {{ hoursPerWeek: {course.HoursPerWeek}, weeks: {course.Weeks} }}\n");
        Line(yaml, "licence", course.Licence);
        List(yaml, "authors", course.Authors.Select(a => $"  - name: {YamlText.Line(a.Name)}\n" + (a.About.Length > 0 ? $"    about: {YamlText.Line(a.About)}\n" : "")));
        Line(yaml, "accessibility", course.Accessibility);
        yaml.Append(CultureInfo.InvariantCulture, $"cover: {{ pattern: {course.CoverPattern}, hue: {course.CoverHue} }}\n");
        Line(yaml, "badge", course.GivesBadge ? "completion" : "");
        if (content.Grading is { } grading)
            yaml.Append(Grading(grading, content));
        List(yaml, "sections", content.Sections.Select(Section));

        var items = content.Sections.SelectMany(s => s.Items).ToList();
        List(yaml, "drafts", items.Where(i => !i.Published && !IsUnfinished(i)).Select(i => $"  - {i.Slug}\n"));
        List(yaml, "unfinished", items.Where(IsUnfinished).Select(Unfinished));
        List(yaml, "files", content.Assets.Where(a => a.Facts != AssetFacts.None).OrderBy(a => a.Name, StringComparer.Ordinal).Select(File));
        return yaml.ToString();
    }

    /// <summary>A lesson with its settings on top; a quiz as it was written.</summary>
    public static string Of(Item item) => item.Kind == ItemKind.Quiz
        ? item.Markdown
        : string.Create(CultureInfo.InvariantCulture, $"---\ntitle: {YamlText.Line(item.Title)}\nkind: lesson\nminutes: {item.Minutes}\ncomplete: {Rule(item.Rule)}\n{CreditOf(item)}---\n{item.Markdown}");

    private static string CreditOf(Item item)
    {
        var yaml = new StringBuilder();
        Line(yaml, "licence", item.Licence);
        List(yaml, "authors", item.Authors.Select(a => $"  - {YamlText.Line(a)}\n"));
        Line(yaml, "source", item.Source);
        return yaml.ToString();
    }

    // A quiz that was saved with mistakes: its settings cannot be taken from its text.
    private static bool IsUnfinished(Item item)
    {
        if (item.Kind != ItemKind.Quiz)
            return false;
        var mistakes = 0;
        var read = ItemFile.Read(item.Markdown, (_, _) => mistakes++);
        return mistakes > 0 || read is not { Kind: ItemKind.Quiz }
            || (read.Title, read.Minutes, read.Rule, read.Opens, read.Due, read.Markdown) != (item.Title, item.Minutes, item.Rule, item.Opens, item.Due, item.Markdown);
    }

    // A quiz is named as long as it is in the course.
    private static string Grading(GradingTerms grading, CourseContent content)
    {
        var quizzes = content.Sections.SelectMany(s => s.Items).Where(i => i.Kind == ItemKind.Quiz).ToDictionary(i => i.Id, i => i.Slug);
        var yaml = new StringBuilder();
        yaml.Append(CultureInfo.InvariantCulture, $"grading:\n  pass: {grading.PassMark:0.##}\n  steps: {grading.Steps}\n  complete: {(grading.NeedsMark ? "pass" : "steps")}\n");
        List(yaml, "  categories", grading.Categories.Select(c => string.Create(CultureInfo.InvariantCulture, $"    - weight: {c.Weight:0.##}\n      drop: {c.DropLowest}\n")
            + (c.Name.Length > 0 ? $"      name: {YamlText.Line(c.Name)}\n" : "") + Named("      quizzes", c.Quizzes)));
        return yaml + Named("  leftOut", grading.LeftOut);

        string Named(string name, IReadOnlyList<Guid> ids)
        {
            var list = new StringBuilder();
            List(list, name, ids.Where(quizzes.ContainsKey).Select(id => $"{name[..^name.TrimStart().Length]}  - {quizzes[id]}\n"));
            return list.ToString();
        }
    }

    private static string Section(Section section) =>
        $"  - slug: {section.Slug}\n    title: {YamlText.Line(section.Title)}\n"
        + (section.Summary.Length > 0 ? $"    summary: {YamlText.Line(section.Summary)}\n" : "")
        + $"    release: {Offset(section.Release)}\n";

    private static string Unfinished(Item item) =>
        $"  - slug: {item.Slug}\n    title: {YamlText.Line(item.Title)}\n    minutes: {item.Minutes.ToString(CultureInfo.InvariantCulture)}\n    complete: {Rule(item.Rule)}\n"
        + (item.Opens is { } opens ? $"    opens: {Offset(opens)}\n" : "")
        + (item.Due is { } due ? $"    due: {Offset(due)}\n" : "");

    private static string File(Asset asset)
    {
        var yaml = new StringBuilder($"  - name: {YamlText.Line(asset.Name)}\n");
        Line(yaml, "    alt", asset.Alt);
        Line(yaml, "    licence", asset.Licence);
        Line(yaml, "    author", asset.Author);
        Line(yaml, "    source", asset.Source);
        return yaml.ToString();
    }

    private static string Offset(Offset offset) => string.Create(CultureInfo.InvariantCulture, $"{{ day: {offset.Days}, time: \"{offset.Time:HH:mm}\" }}");

    private static string Rule(CompletionRule rule) => rule switch
    {
        CompletionRule.Viewed => "viewed",
        CompletionRule.Taken => "taken",
        CompletionRule.Passed => "passed",
        _ => "marked",
    };

    private static void Line(StringBuilder yaml, string name, string value)
    {
        if (value.Length > 0)
            yaml.Append(CultureInfo.InvariantCulture, $"{name}: {YamlText.Line(value)}\n");
    }

    private static void Text(StringBuilder yaml, string name, string value)
    {
        if (value.Length > 0)
            yaml.Append(CultureInfo.InvariantCulture, $"{name}: {YamlText.Block(value)}\n");
    }

    private static void List(StringBuilder yaml, string name, IEnumerable<string> entries)
    {
        var all = string.Concat(entries);
        if (all.Length > 0)
            yaml.Append(CultureInfo.InvariantCulture, $"{name}:\n{all}");
    }
}
