using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Numbers;

/// <summary>The open numbers of a course for programs: rows of comma-separated values (RFC 4180), and JSON.</summary>
internal static class OpenData
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static void MapOpenData(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/courses/{course}/data.csv", async (string course, IMediator mediator, CancellationToken ct) =>
            await mediator.Send(new OpenNumbersQuery(course), ct) is { } open
                ? Results.Text(Csv(open), "text/csv; charset=utf-8", Encoding.UTF8)
                : Results.NotFound()).AllowAnonymous();
        endpoints.MapGet("/courses/{course}/data.json", async (string course, IMediator mediator, Site site, CancellationToken ct) =>
            await mediator.Send(new OpenNumbersQuery(course), ct) is { } open
                ? Results.Json(
                    new { course = open.Newest.CourseTitle, address = site.Link(CourseLinks.Course(course)), licence = "CC0-1.0", rounded_to = 5, fewer_than_5 = (int?)null, runs = open.Runs }, Json)
                : Results.NotFound()).AllowAnonymous();
    }

    // One row a number, so that columns never change. The names are not translated: programs read them.
    internal static string Csv(OpenNumbers open)
    {
        var csv = new StringBuilder("run,figure,of,number\r\n");
        foreach (var run in open.Runs)
        {
            Row(csv, run.Run, "learners", "", run.Learners);
            Row(csv, run.Run, "ever_joined", "", run.EverJoined);
            Row(csv, run.Run, "active_in_a_week", "", run.ActiveInAWeek);
            Row(csv, run.Run, "finished", "", run.Finished);
            foreach (var week in run.JoinedByWeek)
                Row(csv, run.Run, "joined_in_week_from", week.From.ToString("O", CultureInfo.InvariantCulture), week.Joined);
            foreach (var step in run.Steps)
            {
                Row(csv, run.Run, "reached_step", step.Step.ToString(CultureInfo.InvariantCulture), step.Reached);
                Row(csv, run.Run, "did_step", step.Step.ToString(CultureInfo.InvariantCulture), step.Done);
            }
        }

        return csv.ToString();
    }

    // Slugs, names of figures, dates and numbers: nothing in it needs quotes.
    private static void Row(StringBuilder csv, string run, string figure, string of, int? number) =>
        csv.Append(CultureInfo.InvariantCulture, $"{run},{figure},{of},{(number is { } known ? known.ToString(CultureInfo.InvariantCulture) : "<5")}\r\n");
}
