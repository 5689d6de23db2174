using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Features.About;

/// <summary>The course as schema.org/Course with its runs as CourseInstance, for search engines and other catalogues.</summary>
internal static class CourseData
{
    /// <returns>JSON that is safe inside a script element: the serializer escapes angle brackets and ampersands.</returns>
    public static string Of(Book book, IReadOnlyList<Author> authors, Licence licence, Site site)
    {
        var course = book.Course;
        var workload = course.HoursPerWeek > 0 ? $"PT{course.HoursPerWeek * Math.Max(1, course.Weeks)}H" : null;
        var data = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Course",
            ["@id"] = site.Link(CourseLinks.Course(course.Slug)),
            ["url"] = site.Link(CourseLinks.Course(course.Slug)),
            ["name"] = course.Title,
            ["description"] = course.Summary,
            ["inLanguage"] = course.Language,
            ["isAccessibleForFree"] = true,
            ["provider"] = new JsonObject { ["@type"] = "Organization", ["name"] = site.Name, ["url"] = site.Link("/") },
            ["author"] = new JsonArray([.. authors.Select(a => (JsonNode)new JsonObject { ["@type"] = "Person", ["name"] = a.Name })]),
            ["teaches"] = new JsonArray([.. course.Objectives.Select(o => (JsonNode)o)]),
            ["offers"] = new JsonObject { ["@type"] = "Offer", ["category"] = "Free", ["price"] = 0, ["priceCurrency"] = "EUR" },
            ["image"] = site.Link("/social.png"),
            ["hasCourseInstance"] = new JsonArray([.. book.Runs.Where(r => r is { PublishedAt: not null, ArchivedAt: null, CancelledAt: null }).Select(r => (JsonNode)Instance(r, workload))]),
        };
        if (licence.Address is not null)
            data["license"] = licence.Address;
        if (course.GivesBadge)
            data["educationalCredentialAwarded"] = "Open Badge";
        return data.ToJsonString(JsonSerializerOptions.Default);
    }

    // What is not known is left out: null is no value of schema.org.
    private static JsonObject Instance(Run run, string? workload)
    {
        var instance = new JsonObject { ["@type"] = "CourseInstance", ["courseMode"] = "Online", ["startDate"] = Iso(run.Start), ["endDate"] = Iso(run.EffectiveEnd) };
        if (workload is not null)
            instance["courseWorkload"] = workload;
        return instance;
    }

    private static string Iso(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
