using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Persistence;

/// <summary>What is asked when a course is put on the shelf costs the same beside fifty courses and beside five thousand. SQLite tells how it goes about it.</summary>
public sealed partial class PlanTests(World world) : IClassFixture<World>
{
    [Fact]
    [Trait("Database", "SQLite")]
    public async Task Nothing_of_one_course_is_looked_for_among_all()
    {
        Assert.SkipWhen(World.OnPostgres, "PostgreSQL rightly reads small tables whole; the indexes are the same on both.");
        var plans = await Plans(db =>
        [
            db.Courses.Where(c => c.Slug == "x").Select(c => c.Id), db.Courses.Where(c => c.Id == Guid.Empty).Select(c => c.Version),
            db.Sections.Where(s => s.CourseId == Guid.Empty), db.Items.Where(i => i.CourseId == Guid.Empty), db.Runs.Where(r => r.CourseId == Guid.Empty), db.Runs.Where(r => r.Id == Guid.Empty),
            db.Team.Where(t => t.CourseId == Guid.Empty), db.Assets.Where(a => a.CourseId == Guid.Empty), db.Resources.Where(r => r.CourseId == Guid.Empty && r.State == ResourceState.Gone),
            db.Announcements.Where(a => a.RunId == Guid.Empty).OrderByDescending(a => a.At).Take(10), db.Resources.OrderBy(r => r.NextAt).Take(50),
        ]);
        Assert.All(plans, p => Assert.True(p.StartsWith("SEARCH", StringComparison.Ordinal) || p.Contains("USING INDEX ix_courses_resources_due", StringComparison.Ordinal), p));
    }

    [Fact]
    [Trait("Database", "SQLite")]
    public async Task What_the_catalogue_asks_every_second_reads_numbers_and_no_texts()
    {
        Assert.SkipWhen(World.OnPostgres, "As above.");
        var plans = await Plans(db => [db.Courses.GroupBy(_ => 1).Select(g => g.Sum(c => (long)c.Version)), db.Courses.GroupBy(_ => 1).Select(g => g.Sum(c => (long)c.Indexed)), db.Courses.Where(c => c.Runs.Any(r => r.PublishedAt != null)).Select(c => c.Id)]);
        Assert.All(plans.Take(2), plan => Assert.Contains("COVERING INDEX ix_courses_courses_version", plan, StringComparison.Ordinal));
        Assert.Contains("SEARCH", plans[2], StringComparison.Ordinal); // the runs of a course by its key
    }

    private Task<List<string>> Plans(Func<CoursesDb, IQueryable[]> queries) => world.Db<CoursesDb, List<string>>(async db =>
    {
        var plans = new List<string>();
        await using var connection = world.Services.GetRequiredService<Database>().OpenSqlite();
        foreach (var query in queries(db))
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // our own query, as EF wrote it
            command.CommandText = "EXPLAIN QUERY PLAN " + string.Join('\n', query.ToQueryString().Split('\n').Where(l => !l.StartsWith(".param", StringComparison.Ordinal)));
#pragma warning restore CA2100
            foreach (var parameter in Parameter().Matches(command.CommandText).Select(m => m.Value).Distinct(StringComparer.Ordinal))
                command.Parameters.AddWithValue(parameter, 10);
            await using var reader = await command.ExecuteReaderAsync();
            var steps = new List<string>();
            while (await reader.ReadAsync())
                steps.Add(reader.GetString(3));
            plans.Add(string.Join("; ", steps));
        }

        return plans;
    });

    [System.Text.RegularExpressions.GeneratedRegex(@"@\w+", System.Text.RegularExpressions.RegexOptions.CultureInvariant, 1000)]
    private static partial System.Text.RegularExpressions.Regex Parameter();
}
