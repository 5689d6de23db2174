using System.Text;
using MoocPlatform.Quizzes.Exchange;
using MoocPlatform.Quizzes.Writing;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Exchange;

/// <summary>GIFT and Aiken as people write them.</summary>
public sealed class GiftTests
{
    [Theory]
    [InlineData("Which river?{~Olt =Danube ~Mureș}", "single", "Which river?", "- ( ) Olt|- (x) Danube|- ( ) Mureș")]
    [InlineData("The Danube is {~short =long} in Romania.", "single", "The Danube is \\_\\_\\_\\_\\_ in Romania.", "- ( ) short|- (x) long")]
    [InlineData("Pick{~%50%one ~%50%two ~%-50%three}", "multiple", "Pick", "- [x] one|- [x] two|- [ ] three")]
    [InlineData("Pick{~%100%one ~%-50%two ~%-50%three}", "multiple grading=penalty", "Pick", "- [x] one|- [ ] two|- [ ] three")]
    [InlineData("Pick{~%50%one ~%50%two ~three}", "multiple", "Pick", "- [50%] one|- [50%] two|- [ ] three")]
    [InlineData("Half{=all ~%50%half ~none}", "single", "Half", "- (x) all|- (50%) half|- ( ) none")]
    [InlineData("Snow is white.{T}", "truefalse", "Snow is white.", "= true")]
    [InlineData("Snow is red.{FALSE#It is white.#Right!}", "truefalse", "Snow is red.", "= false|  > Right!|= 0% true|  > It is white.")]
    [InlineData("Two and two?{=four =%50%for#Spell it.}", "short", "Two and two?", "= four|= 50% for|  > Spell it.")]
    [InlineData("One?{One}", "short", "One?", "= One")]
    [InlineData("Pi?{#3.14:0.01}", "numeric", "Pi?", "= 3.14 +- 0.01")]
    [InlineData("Pi?{#3.1..3.2}", "numeric", "Pi?", "= 3.1..3.2")]
    [InlineData("When?{#=1822:0#Yes =%50%1822:2 ~#No}", "numeric", "When?", "= 1822|  > Yes|= 50% 1822 +- 2|= 0% *|  > No")]
    [InlineData("Capitals{=Italy -> Rome =France -> Paris = -> Bern}", "matching", "Capitals", "= Italy -> Rome|= France -> Paris|= -> Bern")]
    [InlineData("Escaped \\{x\\}\\: 1 \\= 1 \\~ \\# \\\\alpha{T}", "truefalse", "Escaped {x}: 1 = 1 \\~ # \\\\alpha", "= true")]
    [InlineData("[html]<p>A <b>bold</b> word &amp; <em>more</em></p>{T####<i>So.</i>}", "truefalse", "A **bold** word & *more*", "= true||> *So.*")]
    [InlineData("[markdown]A **bold** word{T}", "truefalse", "A **bold** word", "= true")]
    public void A_question_of_GIFT_becomes_ours(string gift, string settings, string prompt, string answers)
    {
        var question = Assert.Single(Read(gift).Questions);
        var written = QuizWriter.Write(question).Split('\n');
        Assert.EndsWith("{" + settings + "}", written[0], StringComparison.Ordinal);
        Assert.Equal(prompt, question.Prompt.Text);
        Assert.Equal(answers, string.Join('|', written.Skip(3)).TrimEnd('|'));
    }

    [Fact]
    public void Titles_comments_tags_and_categories_are_read()
    {
        var questions = Read("// a comment\n$CATEGORY: $course$/top/Biology/Cells\n\n// [id:7] [tag:membrane]\n::Walls::Do cells have walls?\n// inside\n{T}\n\nAnother?{F}").Questions;
        Assert.Equal(["Walls", "Another?"], questions.Select(q => q.Name));
        Assert.Equal(["membrane", "Cells"], questions[0].Tags);
        Assert.Equal(["Cells"], questions[1].Tags);
        Assert.Equal(4 + 1, questions[0].Line);
    }

    [Fact]
    public void What_cannot_be_taken_is_told_with_its_line()
    {
        var imported = Read("Write an essay.{}\n\nJust a text.\n\nBroken {=a\n\nNo number{#many}\n\nNobody is right{~a ~b}\n\nFine{T}");
        Assert.Equal("Fine", Assert.Single(imported.Questions).Name);
        Assert.Equal([1, 3, 5, 7, 9], imported.Notes.Select(n => n.Line));
        Assert.All(imported.Notes, n => Assert.Equal(NoteKind.Left, n.Kind));
    }

    [Fact]
    public void Questions_of_one_name_get_identities_of_their_own()
    {
        var questions = Read("::Same::One{T}\n\n::Same::Two{F}").Questions;
        Assert.Equal(["same", "same-2"], questions.Select(q => q.Id));
    }

    [Fact]
    public void Aiken_is_read_and_its_mistakes_are_told()
    {
        var imported = Read("""
            Which is right?
            A) This *one*
            B. That
            ANSWER: B

            A) Nobody asked
            Nobody answers
            A) One
            ANSWER: A
            Which letter?
            A) One
            B) Two
            ANSWER: C
            Left open
            A) One
            B) Two
            Which <b>is</b> it?
            A) One
            B) Two
            ANSWER: A
            """);
        Assert.Equal(["Which is right?", "Which \\<b>is\\</b> it?"], imported.Questions.Select(q => q.Prompt.Text));
        Assert.Equal("This \\*one\\*", imported.Questions[0].Options[0].Text.Text);
        Assert.True(imported.Questions[0].Options[1].Right);
        Assert.Equal([6, 7, 10, 14], imported.Notes.Select(n => n.Line));
    }

    private static Imported Read(string file) => ExchangeFile.Read(Encoding.UTF8.GetBytes(file), null);
}
