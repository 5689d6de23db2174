using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Writing;

/// <summary>Whatever can be wrong in a text is said in every language.</summary>
public sealed partial class ProblemTextTests
{
    [Theory]
    [InlineData("ro")]
    [InlineData("it")]
    public void Every_problem_is_translated(string language)
    {
        var known = XDocument.Load(Path.Combine(Root(), $"src/Quizzes/Resources/Text.{language}.resx")).Descendants("data").Select(d => d.Attribute("name")!.Value).ToHashSet();
        var told = Directory.EnumerateFiles(Path.Combine(Root(), "src/Quizzes/Writing"), "*.cs")
            .SelectMany(f => Message().Matches(File.ReadAllText(f))).Select(m => Regex.Unescape(m.Groups[1].Value)).Distinct().ToList();
        Assert.True(told.Count > 50, $"Only {told.Count} messages were found: the pattern no longer fits the code.");
        Assert.Empty(told.Where(t => !known.Contains(t)));
    }

    // A sentence with a capital or an opening quotation mark that ends as sentences do; settings and names do not.
    [GeneratedRegex("""(?<!Exception\()(?<![$@])"((?:[A-Z“])(?:[^"\\\n]|\\.)* (?:[^"\\\n]|\\.)*[.:”])"(?=[,);\s])""")]
    private static partial Regex Message();

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MoocPlatform.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
