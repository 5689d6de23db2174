using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Features.Catalogue;
using MoocPlatform.Courses.Persistence;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Catalogue;

/// <summary>The search of the catalogue, on words of all that a visitor may read.</summary>
public sealed class SearchTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("insect hair", true)]
    [InlineData("INSECT", true)]
    [InlineData("inse", true)]
    [InlineData("worksheet hotel timisoara-is-not-a-name", false)]
    [InlineData("prose", false)]
    [InlineData("Ioana", true)]
    [InlineData("second-flight", true)]
    public async Task Lessons_outline_and_team_are_searched_but_no_markup(string words, bool found)
    {
        await world.Run(await world.Course("search-text"), -1);
        Assert.Equal(found, (await Found(words)).Contains("search-text"));
    }

    [Fact]
    public async Task Drafts_and_the_questions_of_quizzes_are_not_found()
    {
        using var folder = CourseFolders.Good("search-secret");
        folder.Lesson("sections/01-first-flight/03-draft.md", "A draft", "Unfinished zebras.");
        folder.Write("sections/02-second-flight/02-quiz-legs.md", "---\ntitle: Legs of a wombat\nkind: quiz\n---\n## Legs {#legs single points=1}\nHow many platypuses?\n\n- (x) Two\n- ( ) Three\n");
        var ioana = await world.Person("Ioana", "teacher");
        var report = await world.Send(new ImportFolder(folder.Path, ioana));
        Assert.Equal([], report.Problems.Select(p => $"{p.File}:{p.Line} {p.Message}"));
        folder.Remove("sections/01-first-flight/03-draft.md");
        await world.Send(new ImportFolder(folder.Path, ioana)); // what the folder has no more becomes a draft
        await world.Run(report.CourseId!.Value, -1);
        Assert.Contains("search-secret", await Found("wombat"));
        Assert.DoesNotContain("search-secret", await Found("zebras"));
        Assert.DoesNotContain("search-secret", await Found("platypuses"));
    }

    [Fact]
    public async Task A_word_that_stands_nearly_everywhere_finds_first_whose_title_has_it_then_whose_people()
    {
        var (title, people) = (Guid.Parse("01a20000-0000-7000-8000-00000000aaa1"), Guid.Parse("01a20000-0000-7000-8000-00000000aaa2"));
        var hits = await world.Db<CoursesDb, IReadOnlyDictionary<long, double>?>(async db =>
        {
            var words = new CourseWords(db, world.Services.GetRequiredService<Database>());
            await words.Put(title, "Ubiquitous learning", "", "text", default);
            await words.Put(people, "Learning", "Ubiquitous Maria", "text", default);
            await db.InTurn(ct => World.OnPostgres
                ? db.Database.ExecuteSqlRawAsync("""INSERT INTO courses_words ("Row", "Words") SELECT 7000000 + n, setweight(to_tsvector('simple', 'ubiquitous ubiquitous'), 'D') FROM generate_series(1, 1200) n""", ct)
                : db.Database.ExecuteSqlRawAsync("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) INSERT INTO courses_words (rowid, title, people, text) SELECT 7000000 + i, '', '', 'ubiquitous ubiquitous' FROM n", ct), default);
            return await words.Find("Ubiqui", default);
        });
        Assert.Equal(1202, hits!.Count);
        Assert.Equal([CourseWords.RowOf(title), CourseWords.RowOf(people)], hits.OrderByDescending(h => h.Value).Take(2).Select(h => h.Key));
    }

    [Fact]
    public async Task A_text_that_was_changed_is_found_by_its_new_words_alone()
    {
        using var folder = CourseFolders.Good("search-changed");
        var ioana = await world.Person("Ioana", "teacher");
        await world.Run((await world.Send(new ImportFolder(folder.Path, ioana))).CourseId!.Value, -1);
        folder.Change("sections/01-first-flight/02-the-hive.md", "Where they live.", "A palace of wax and propolis.");
        await world.Send(new ImportFolder(folder.Path, ioana));
        await world.Settle();
        Assert.Contains("search-changed", await Found("propolis"));
        Assert.DoesNotContain("search-changed", await Found("propolis where they live"));
    }

    [Fact]
    public async Task A_word_of_the_title_counts_more_than_one_of_a_text()
    {
        await world.Run(await Titled("search-rank-b", "Wax and honey", "Nothing of that word."), -2);
        await world.Run(await Titled("search-rank-a", "Pottery", "A pot for honey."), -1);
        Assert.Equal(["search-rank-b", "search-rank-a"], (await Found("honey")).Where(s => s.StartsWith("search-rank", StringComparison.Ordinal)));
        Assert.Equal(["search-rank-a", "search-rank-b"], (await Found("honey", "&sort=start")).Where(s => s.StartsWith("search-rank", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("resursă deschisă")]
    [InlineData("RESURSA DESCHISA")]
    [InlineData("perche e cosi")]
    [InlineData("perché")]
    public async Task Accents_of_every_language_are_folded(string words)
    {
        await world.Run(await Titled("search-accents", "Perché è così: o resursă deschisă", "…"), -1);
        Assert.Contains("search-accents", await Found(words));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("* AND OR NOT NEAR(")]
    [InlineData("title:honey")]
    [InlineData("!&|:*<->")]
    [InlineData("'; DROP TABLE courses_words; --")]
    public async Task Whatever_is_typed_is_only_words(string words)
    {
        await Found(words);
        await world.Run(await world.Course("search-alive-" + (uint)words.GetHashCode(StringComparison.Ordinal)), -1);
        Assert.NotEmpty(await Found("bees"));
    }

    [Fact]
    public async Task The_counts_of_a_filter_mind_the_other_filters()
    {
        await world.Run(await Titled("facet-a", "Facet one", "x"), -1);
        using var other = CourseFolders.Good("facet-b");
        other.Change("course.yaml", "title: Bees for Beginners", "title: Facet two").Change("course.yaml", "subject: Biology", "subject: History").Change("course.yaml", "language: en", "language: ro");
        await world.Run((await world.Send(new ImportFolder(other.Path, await world.Person("Ioana", "teacher")))).CourseId!.Value, -1);

        var page = await world.As(null).Open("/?q=facet&lang=ro");
        Assert.Equal(["History 1"], Choices(page, "subject"));
        Assert.Equal(["en 1", "ro 1"], Choices(page, "lang"));
        page = await world.As(null).Open("/?q=facet&lang=ro&subject=Biology");
        Assert.Equal(["History 1", "Biology 0"], Choices(page, "subject"));
        Assert.Contains("No course was found", page.QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_search_has_found_is_kept_until_a_course_is_read_anew_on_another_node_for_a_second_more()
    {
        var course = await Titled("search-kept", "Kumquat", "…");
        await world.Run(course, -1);
        await world.Settle();
        var (here, elsewhere) = (new Stopped(), world.Services.GetRequiredService<Searches>());
        var searches = new Searches(world.Services.GetRequiredService<IServiceScopeFactory>(), here);
        Assert.Null(await searches.Find("", default));
        var first = await searches.Find("kumquat", default);
        here.Seconds += 60;
        Assert.Same(first, await searches.Find("Kumquat", default));
        var second = await elsewhere.Find("kumquat", default);
        Assert.Same(second, await elsewhere.Find("kumquat", default));

        await world.Send(new IndexCourse(course));
        Assert.NotSame(second, await elsewhere.Find("kumquat", default));
        Assert.Same(first, await searches.Find("kumquat", default));
        here.Seconds += 1;
        Assert.NotSame(first, await searches.Find("kumquat", default));
    }

    private sealed class Stopped : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }

    private static IEnumerable<string> Choices(IDocument page, string filter) =>
        page.QuerySelectorAll($"input[type=checkbox][name={filter}]").Select(i => $"{i.GetAttribute("value")} {i.ParentElement!.QuerySelector("small")!.TextContent}");

    private async Task<List<string>> Found(string words, string more = "")
    {
        var page = await world.As(null).Open("/?q=" + Uri.EscapeDataString(words) + more);
        return [.. page.QuerySelectorAll(".course-card h3 a").Select(a => a.GetAttribute("href")!["/courses/".Length..])];
    }

    private async Task<Guid> Titled(string slug, string title, string text)
    {
        using var folder = CourseFolders.Good(slug);
        folder.Change("course.yaml", "title: Bees for Beginners", $"title: \"{title}\"").Change("sections/01-first-flight/02-the-hive.md", "Where they live.", text);
        return (await world.Send(new ImportFolder(folder.Path, await world.Person("Ioana", "teacher")))).CourseId!.Value;
    }
}
