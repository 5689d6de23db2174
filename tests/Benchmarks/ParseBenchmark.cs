using System.Diagnostics;
using System.Globalization;
using System.Text;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Benchmarks;

/// <summary>
/// Reading a quiz of 1,000 questions of every type, with prompts, options, feedback and hints: all that saving it does before the database,
/// its texts rendered to safe HTML included. The limit is the goal of one second; the p99 is the slowest round.
/// </summary>
internal static class ParseBenchmark
{
    private const int Questions = 1000;

    public static Task<Row> Run(string what, int rounds, double goal)
    {
        var text = Quiz();
        var seconds = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var (watch, problems) = (Stopwatch.StartNew(), new Problems());
            var read = QuizCompiler.Read(text, Guid.Empty, problems);
            seconds.Add(watch.Elapsed.TotalSeconds);
            if (read.Questions.Count != Questions || problems.Any)
                throw new InvalidOperationException("The quiz was not read whole.");
        }

        seconds.RemoveRange(0, rounds / 3); // cold
        seconds.Sort();
        return Task.FromResult(new Row(what, "1,000 questions a second", Questions / seconds[seconds.Count / 2], Questions, seconds[^1] * 1000, double.NaN, 0, goal, null, 1000));
    }

    private static string Quiz()
    {
        string[] kinds =
        [
            "{single}\nWhich of these may you translate and share **without asking**? The case is number {0}.\n\n- ( ) A worksheet marked CC BY-ND\n  > ND means *no derivatives*.\n- (x) A worksheet marked CC BY\n  > Yes: name the author.\n- ( ) A worksheet without a licence\n- ( ) None of these {pin}\n\n> Look for the letters ND before you translate.\n\n!> Think of the letters.\n",
            "{multiple points=2 grading=penalty}\nWhich make film {0} usable?\n\n- one\n- two\n\n- [x] Captions\n- [x] A `transcript`\n- [ ] Music\n  > Not that.\n",
            "{numeric unit=MB}\nA file of {0} MB goes to $n^2$ pupils. How many MB?\n\n= 3145 +- 0.5\n  > Yes.\n= 50% 3145 +- 2%\n= 0% *\n  > See the [lesson](lesson-one).\n",
            "{short}\nWhat are works called whose rights have ended in year {0}?\n\n= public domain\n= /open(ly)? .*/\n= 50% domain ~2\n",
            "{truefalse}\nStatement {0} is so.\n\n= true\n  > Right.\n",
            "{matching}\nMatch {0}.\n\n= BY -> Name the author\n= SA -> Share alike\n= NC -> No business\n= -> Ask first\n",
            "{ordering}\nOrder {0}.\n\n1. Find it\n2. Check the licence\n3. Adapt it\n4. Share it\n",
            "{cloze}\nA resource {0} may be {{a}} and {{b}}.\n\n{{a}}: single\n- (x) kept\n- ( ) hidden\n\n{{b}}: short\n= shared\n",
            "{formula unit=MB}\nA file {0} of {{size}} MB goes to {{n}} pupils.\n\n{{size}}: 5..20 step 0.5\n{{n}}: 100, 200\n= size * n +- 1%\n  > {{size}} times {{n}}.\n",
        ];
        var text = new StringBuilder("---\ntitle: Many\nkind: quiz\n---\nHello.\n\n");
        for (var i = 0; i < Questions; i++)
        {
            var number = i.ToString(CultureInfo.InvariantCulture);
            text.Append("## Question ").Append(number).Append(' ').Append(kinds[i % kinds.Length].Replace("{0}", number, StringComparison.Ordinal)).Append('\n');
        }

        return text.ToString();
    }
}
