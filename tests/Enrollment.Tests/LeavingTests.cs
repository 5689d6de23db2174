using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Enrollment.Features.Credentials;
using MoocPlatform.Enrollment.Features.Learning;
using MoocPlatform.Enrollment.Persistence;
using MoocPlatform.Enrollment.Tests.Credentials;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Enrollment.Tests;

public sealed class LeavingTests(World world) : IClassFixture<World>
{
    private const string Name = "Zoltan Vanishing";

    [Fact]
    public async Task Nothing_leads_back_to_who_has_gone_and_the_badge_they_hold_verifies_still()
    {
        var run = await world.ARunWithBadge();
        var badge = (await world.Complete(run, Name, 87.5m))!;
        var person = await world.Person(Name);
        var browser = world.As(Name);
        await browser.Submit(await browser.Open(run.At("first")), "#diary-write form", ("Markdown", "Mine alone."));
        await browser.Submit(await browser.Open("/my/calendar"), "main form");
        await browser.Submit(await browser.Open(run.At("me")), "form[action*='handler=Name']", ("Pseudonym", "Zoltan Veiled"));
        await browser.Submit(await browser.Open(run.At("me")), "form[action*='handler=Research']", ("Research", "true"));
        Assert.Contains("enrollment_consents.LearnerId", await Traces(person, "Zoltan Veiled"), StringComparison.Ordinal);
        var attempt = Keys.NewKey(world.Clock);
        await world.Send(new CountQuizzes(run.RunId, [new(attempt, run.Item("check").Id, person, attempt, ActivityKind.QuizTaken, world.Clock.Now, _ => { })]));
        await world.Db(async (EnrollmentDb db) =>
        {
            db.Add(new GradeOverride { Id = Keys.NewKey(world.Clock), RunId = run.RunId, LearnerId = person, Percent = 90, Comment = "Zoltan was ill.", At = world.Clock.Now });
            return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        using var jwt = await world.Fetch($"/credentials/{badge.Id:N}.jwt", person: Name);
        var held = await jwt.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, held.Count(c => c == '.'));

        var nobody = Keys.NewKey(world.Clock);
        for (var times = 0; times < 2; times++) // asked again after a kill
            await Erase(person, nobody);

        Assert.Equal("", await Traces(person, "Zoltan", "Mine alone"));
        Assert.Equal(0, (await world.Send(new LearnerCountsQuery([run.RunId])))[run.RunId]);
        using var gone = await world.Fetch($"/credentials/{badge.Id:N}.jwt", person: Name);
        Assert.Equal(404, (int)gone.StatusCode);
        await using var scope = world.Services.CreateAsyncScope();
        var verdict = await scope.ServiceProvider.GetRequiredService<Checking>().Check(Encoding.UTF8.GetBytes(held), TestContext.Current.CancellationToken);
        Assert.Equal(Outcome.Valid, verdict.Outcome);
    }

    private async Task Erase(Guid person, Guid nobody)
    {
        await using var scope = world.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetServices<IPersonalData>().Single(d => d.Folder == "enrollment").Erase(person, nobody, world.Clock.Now, TestContext.Current.CancellationToken);
    }

    /// <summary>Where in the module's tables the person, or one of the words, is found. The outbox apart: it is emptied as it is told.</summary>
    private Task<string> Traces(Guid person, params string[] words) => world.Db(async (EnrollmentDb db) =>
    {
        var found = new List<string>();
        foreach (var table in db.Model.GetEntityTypes().Where(t => !t.GetTableName()!.EndsWith("_outbox", StringComparison.Ordinal)))
        {
            var name = table.GetTableName()!;
            foreach (var column in table.GetProperties())
            {
                if (column.ClrType == typeof(Guid) && await Any(db, name, column.GetColumnName(), "= {0}", person))
                    found.Add($"{name}.{column.GetColumnName()}");
                foreach (var word in words)
                    if (column.ClrType == typeof(string) && await Any(db, name, column.GetColumnName(), "LIKE {0}", $"%{word}%"))
                        found.Add($"{name}.{column.GetColumnName()}: {word}");
            }
        }

        return string.Join('\n', found);
    });

#pragma warning disable EF1002 // names of tables and columns, from the model
    private static async Task<bool> Any(EnrollmentDb db, string table, string column, string test, object value) =>
        await db.Database.SqlQueryRaw<int>($"SELECT CAST(count(*) AS integer) AS \"Value\" FROM {table} WHERE \"{column}\" {test}", value).SingleAsync() > 0;
#pragma warning restore EF1002
}
