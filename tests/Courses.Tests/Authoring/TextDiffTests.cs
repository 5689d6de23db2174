using MoocPlatform.Courses.Features.Authoring;
using Xunit;

namespace MoocPlatform.Courses.Tests.Authoring;

/// <summary>What was changed from one text to another, in the fewest lines, and by words where a line was put in the place of another.</summary>
public sealed class TextDiffTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("a\nb\nc\n", "a\nb\nc", "=a =b =c")] // the last line feed begins no line
    [InlineData("a\nb\nc", "a\nc", "=a -b =c")]
    [InlineData("a\nc", "a\nb\nc", "=a +b =c")]
    [InlineData("", "a\nb", "+a +b")]
    [InlineData("a\nb", "", "-a -b")]
    [InlineData("a\nb\nc\na\nb\nb\na", "c\nb\na\nb\na\nc", "-a -b =c +b =a =b -b =a +c")] // the paper's own example
    [InlineData("x\nsame\ny", "p\nsame\nq", "-x +p =same -y +q")]
    public void Lines_are_kept_removed_and_added(string before, string after, string expected) => Assert.Equal(expected, string.Join(' ', TextDiff.Of(before, after).Select(Say)));

    [Fact]
    public void Words_that_changed_are_marked_in_both_lines()
    {
        var lines = TextDiff.Of("The **old** bridge, of stone.", "The **new** bridge, of grey stone.");
        Assert.Equal("The **[old]** bridge, of stone.", Marked(lines[0]));
        Assert.Equal("The **[new]** bridge, of[ grey] stone.", Marked(lines[1]));
    }

    [Fact]
    public void Lines_with_nothing_in_common_are_not_taken_apart() =>
        Assert.All(TextDiff.Of("One thing was said here.", "Quite different words stand there now."), l => Assert.DoesNotContain(l.Pieces, p => p.Changed));

    [Fact]
    public void Whatever_the_texts_both_can_be_read_out_of_the_lines_and_the_numbers_rise()
    {
        var random = new Random(20261102);
        for (var round = 0; round < 500; round++)
        {
            var (before, after) = (Text(random), Text(random));
            var lines = TextDiff.Of(before, after);
            Assert.Equal(before, string.Concat(lines.Where(l => l.Fate != LineFate.Added).Select(l => Plain(l) + "\n")));
            Assert.Equal(after, string.Concat(lines.Where(l => l.Fate != LineFate.Removed).Select(l => Plain(l) + "\n")));
            Assert.Equal(lines.Where(l => l.Before is not null).Select((_, i) => (int?)(i + 1)), lines.Where(l => l.Before is not null).Select(l => l.Before));
            Assert.Equal(lines.Where(l => l.After is not null).Select((_, i) => (int?)(i + 1)), lines.Where(l => l.After is not null).Select(l => l.After));
            Assert.Equal(Longest(before.Split('\n'), after.Split('\n')), lines.Count(l => l.Fate == LineFate.Kept) + 1); // the fewest changes: the empty line after the end is common, too
        }
    }

    [Fact]
    public void Two_texts_of_the_greatest_length_with_nothing_in_common_are_replaced_whole()
    {
        var lines = TextDiff.Of(string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i % 977}\n")), string.Concat(Enumerable.Range(0, 50_000).Select(i => $"b{i % 991}\n")));
        Assert.Equal((50_000, 50_000), (lines.Count(l => l.Fate == LineFate.Removed), lines.Count(l => l.Fate == LineFate.Added)));
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => $"{(char)('a' + random.Next(3))} {(char)('a' + random.Next(2))}\n"));

    // The longest common subsequence by the table of textbooks.
    private static int Longest(string[] a, string[] b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
                table[i, j] = a[i - 1] == b[j - 1] ? table[i - 1, j - 1] + 1 : Math.Max(table[i - 1, j], table[i, j - 1]);
        return table[a.Length, b.Length];
    }

    private static string Plain(DiffLine line) => string.Concat(line.Pieces.Select(p => p.Text));

    private static string Say(DiffLine line) => (line.Fate switch { LineFate.Kept => "=", LineFate.Removed => "-", _ => "+" }) + Plain(line);

    private static string Marked(DiffLine line) => string.Concat(line.Pieces.Select(p => p.Changed ? $"[{p.Text}]" : p.Text));
}
