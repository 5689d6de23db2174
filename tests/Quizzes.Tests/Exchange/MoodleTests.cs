using System.Text;
using MoocPlatform.Quizzes.Exchange;
using MoocPlatform.Quizzes.Writing;
using Xunit;

namespace MoocPlatform.Quizzes.Tests.Exchange;

/// <summary>Moodle's XML, with what it says of each type.</summary>
public sealed class MoodleTests
{
    [Fact]
    public void A_choice_brings_its_texts_points_hints_and_tags()
    {
        var question = Assert.Single(Read("""
            <question type="category"><category><text>$course$/top/Water</text></category></question>
            <question type="multichoice"><name><text>Ice</text></name>
              <questiontext format="html"><text><![CDATA[<p>Which <strong>float</strong>?</p><ul><li>on water</li></ul>]]></text></questiontext>
              <generalfeedback format="html"><text>Ice is light.</text></generalfeedback><defaultgrade>2.0</defaultgrade>
              <single>false</single><shuffleanswers>0</shuffleanswers>
              <answer fraction="33.333" format="html"><text>Ice</text><feedback><text>Yes</text></feedback></answer>
              <answer fraction="33.333"><text>Oil</text></answer><answer fraction="33.33333"><text>Cork</text></answer>
              <answer fraction="-50"><text>Iron</text></answer>
              <hint format="html"><text>Think.</text></hint><tags><tag><text>physics</text></tag></tags></question>
            """).Questions);
        Assert.Equal("""
            ## Ice {multiple points=2 shuffle=false tags="physics, Water"}
            Which **float**?

            - on water

            - [33.33333%] Ice
              > Yes
            - [33.33333%] Oil
            - [33.33333%] Cork
            - [-50%] Iron

            > Ice is light.

            !> Think.

            """.ReplaceLineEndings("\n"), QuizWriter.Write(question));
    }

    [Theory]
    [InlineData("truefalse", """<answer fraction="0"><text>true</text><feedback><text>No.</text></feedback></answer><answer fraction="100"><text>false</text></answer>""", "= false|= 0% true|  > No.")]
    [InlineData("shortanswer", """<usecase>1</usecase><answer fraction="100"><text>H2O*</text></answer><answer fraction="50"><text>a\*b</text></answer>""", "= H2O*|= 50% a\\*b")]
    [InlineData("numerical", """<answer fraction="100"><text>9.81</text><tolerance>0.01</tolerance></answer><answer fraction="0"><text>*</text><feedback><text>No</text></feedback></answer>""", "= 9.81 +- 0.01|= 0% *|  > No")]
    [InlineData("matching", """<subquestion><text>Italy</text><answer><text>Rome</text></answer></subquestion><subquestion><text>France</text><answer><text>Paris</text></answer></subquestion><subquestion><text></text><answer><text>Bern</text></answer></subquestion>""", "= Italy -> Rome|= France -> Paris|= -> Bern")]
    [InlineData("ordering", """<gradingtype>ALL_OR_NOTHING</gradingtype><answer fraction="2"><text>two</text></answer><answer fraction="1"><text>one</text></answer>""", "1. one|2. two")]
    public void Each_type_becomes_ours(string type, string inside, string answers)
    {
        var imported = Read($"""<question type="{type}"><name><text>N</text></name><questiontext><text>What?</text></questiontext>{inside}</question>""");
        Assert.Empty(imported.Notes);
        Assert.Equal(answers, string.Join('|', QuizWriter.Write(Assert.Single(imported.Questions)).Split('\n').Skip(3)).TrimEnd('|'));
    }

    [Fact]
    public void Gaps_of_every_kind_become_a_text_with_gaps()
    {
        var question = Assert.Single(Read("""
            <question type="cloze"><name><text>Gaps</text></name><questiontext format="html"><text><![CDATA[<p>Paris is in {1:SHORTANSWER:=France#Yes~%50%Frnce},
            has {2:NUMERICAL:=20:1} districts and {:MULTICHOICE:London~=Seine\} river#Right~%-50%Rhine}.</p>]]></text></questiontext></question>
            """).Questions);
        Assert.Equal("Paris is in {{g1}}, has {{g2}} districts and {{g3}}.", question.Prompt.Text);
        Assert.Equal(["short", "numeric", "single"], question.Gaps.Select(g => g.Kind));
        Assert.Equal(2, question.Gaps[1].Weight);
        Assert.Equal(4, question.Points);
        Assert.Equal("Seine} river", question.Gaps[2].Options[1].Text.Text);
    }

    [Fact]
    public void Words_to_drag_and_to_select_become_gaps()
    {
        var question = Assert.Single(Read("""
            <question type="gapselect"><name><text>Select</text></name><questiontext format="html"><text>The [[1]] sat on the [[3]].</text></questiontext>
            <selectoption><text>cat</text><group>1</group></selectoption><selectoption><text>dog</text><group>1</group></selectoption>
            <selectoption><text>mat</text><group>2</group></selectoption><selectoption><text>hat</text><group>2</group></selectoption></question>
            """).Questions);
        Assert.Equal(["cat", "dog"], question.Gaps[0].Options.Select(o => o.Text.Text));
        Assert.Equal("mat", question.Gaps[1].Options.Single(o => o.Right).Text.Text);
    }

    [Fact]
    public void What_does_not_come_is_told()
    {
        var imported = Read("""
            <question type="essay"><name><text>E</text></name><questiontext><text>Write.</text></questiontext></question>
            <question type="ddmarker"><name><text>D</text></name><questiontext><text>Drag.</text></questiontext></question>
            <question type="shortanswer"><name><text>W</text></name><questiontext><text>What?</text></questiontext><answer fraction="1234"><text>a</text></answer></question>
            <question type="truefalse"><name><text>P</text></name><questiontext><text><![CDATA[See <img src="@@PLUGINFILE@@/a.png" alt="a cat">]]></text><file name="a.png" encoding="base64">AAAA</file></questiontext>
            <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>
            """);
        Assert.Equal("See a cat", Assert.Single(imported.Questions).Prompt.Text);
        Assert.Equal([("E", NoteKind.Left), ("D", NoteKind.Left), ("W", NoteKind.Left), ("P", NoteKind.Changed)], imported.Notes.Select(n => (n.Question, n.Kind)));
        Assert.All(imported.Notes, n => Assert.True(n.Line > 0));
    }

    private static Imported Read(string questions) =>
        ExchangeFile.Read(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n" + questions + "</quiz>"), null);
}
