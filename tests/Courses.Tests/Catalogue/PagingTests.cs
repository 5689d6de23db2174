using MoocPlatform.Courses.Contracts;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Courses.Tests.Catalogue;

/// <summary>A catalogue of more courses than stand on one page.</summary>
public sealed class PagingTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Whatever_the_order_and_the_search_every_course_stands_on_one_page_once()
    {
        var slugs = Enumerable.Range(1, 26).Select(i => $"many-{i:00}").ToList();
        foreach (var slug in slugs)
            await world.Run(await world.Course(slug), -1);

        foreach (var asked in new[] { "/", "/?q=bees", "/?q=bees&lang=en", "/?sort=title", "/?sort=newest", "/?sort=shortest&licence=adapt" })
        {
            var seen = new List<string>();
            for (string? path = asked; path is not null;)
            {
                var page = await world.As(null).Open(path);
                Assert.Equal("26 courses open now", page.QuerySelector("#res")!.TextContent);
                Assert.Equal("en 26", page.QuerySelector("input[name=lang]")!.GetAttribute("value") + " " + page.QuerySelector("input[name=lang]")!.ParentElement!.QuerySelector("small")!.TextContent);
                seen.AddRange(page.QuerySelectorAll(".course-card h3 a").Select(a => a.GetAttribute("href")!["/courses/".Length..]));
                path = page.QuerySelector("a[href*='after=']")?.GetAttribute("href");
                Assert.True(seen.Count <= slugs.Count, "The pages do not end.");
            }

            Assert.Equal(slugs, seen.Order(StringComparer.Ordinal));
        }
    }
}
