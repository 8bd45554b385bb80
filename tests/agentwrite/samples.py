"""Prose, a poem, a recipe, a table and code without repetition, for tests of what looks for it."""

ENGLISH = """\
The keepers of the tower lit the lamp before dusk and wrote the weather in a ledger. In winter the boat came once a \
month, and the younger men learned to read by the smell of oil. Nobody thought it strange. When the storm of 1823 took \
the gallery, they hung a lantern from the flagpole, and a brig out of Bristol steered by it all night.

Oil was the great expense. A first-order lens burned four hundred gallons of it in a year, and every gallon had to be \
rowed out, hoisted up the rock face and carried up a hundred and forty steps. Sperm oil gave way to colza, colza to \
paraffin, and each change meant new burners, new wicks and a new inspector with opinions. The old hands grumbled, then \
took the brass apart and learned it by heart.

What the lens did was simple to say and hard to make. A flame throws its light in every direction, and most of it is \
lost in the sky or on the walls. Fresnel saw that a ring of prisms could catch those stray rays and bend them level \
with the horizon. His first apparatus, set up at the mouth of the Gironde, could be seen from farther away than any \
fire that had burned there before, though it used less fuel than a kitchen stove.

Families lived at the stations that stood on land. Their children walked to school along the cliffs, kept hens in the \
lee of the fog house and knew the names of ships as others know the names of streets. Letters from such places seldom \
speak of loneliness. They speak of paint, of the price of coal, of a nephew's teeth, and once, at length, of a piano \
that arrived in pieces and was put together in the engine room because no door elsewhere was wide enough.

Electricity came slowly, and then it came everywhere. By the nineteen-eighties a small box beside the lamp could do \
what three men had done: watch for the dark, change a dead bulb, sound the horn when the air thickened. The last crews \
left with their kettles and their barometers. Some towers became hotels; others stand empty, and gulls nest on the \
sills where somebody used to set out saucers for the cat. Yet a pilot asked about them will say that he still looks \
up, out of habit, and is glad when the beam goes round.
"""

CHINESE = """\
守灯人在天黑以前点亮灯火，把当天的天气记进册子里。冬天，补给船一个月才来一次，年轻人就着油灯学会了认字，谁也不觉得奇怪。\
有一年风暴掀走了外廊，他们便在旗杆上挂起一盏马灯，一条从外地来的商船整夜望着它，才没有撞上暗礁。

最花钱的是灯油。一座大灯塔一年要烧掉上千升，每一桶都得用小船运到岩下，再用绳子吊上去，背着爬完一百四十级石阶。鲸油换成菜籽油，\
菜籽油又换成煤油，每换一次，就要换新的灯头和灯芯，还会来一位爱提意见的检查员。老人们嘴上抱怨，转身就把铜件拆开，一件一件记在心里。

透镜的道理说起来简单，做起来却难。火焰向四面八方发光，大半照到天上和墙上，白白浪费。工匠把棱镜排成一圈，让散开的光弯过来，\
平平地射向海面。第一套装置安在河口，比从前任何篝火都看得远，用的油却还不如一户人家的炉灶多。

建在岸上的灯塔住着一家人。孩子沿着悬崖走去上学，在雾号房背风的一面养鸡，认得过往的船，就像城里的孩子认得街道。他们写的信里很少提到寂寞，\
写的是油漆、煤价、侄子的牙齿，还有一架拆散了运来的钢琴，因为别处的门都太窄，只好在机房里装起来。

电来得很慢，后来却一下子到处都是。三个人做的事，灯旁边的一只小箱子就够了：天黑了开灯，灯泡坏了换一只，起雾了拉响汽笛。最后一批人带着水壶和气压计离开。\
有的灯塔成了旅馆，有的空着，海鸥在窗台上做窝。可是问起老船长，他会说自己还是习惯抬头看一看，看到光转过来，心里就踏实。
"""

POEM = """\
I left the harbour with the tide,
a bag, a coat, a loaf of bread,
and what I wanted I denied,
and what I had not wanted, said.

  Turn, lamp, and find me, turn again,
  turn slowly over stone and foam,
  turn, lamp, upon the boats of men,
  and one by one light all of them home.

The captain knew the northern sound,
the mate a song of seven keys,
and neither saw how we went round
the same black rock by slow degrees.

  Turn, lamp, and find me, turn again,
  turn slowly over stone and foam,
  turn, lamp, upon the boats of men,
  and one by one light all of them home.

By morning there was only light,
a gull, a rope, a floating door,
and someone walking small and white
with folded blankets down the shore.

  Turn, lamp, and find me, turn again,
  turn slowly over stone and foam,
  turn, lamp, upon the boats of men,
  and one by one light all of them home.

They asked me who had been on board,
I said the names I could recall;
they wrote them down, they thanked the Lord,
they did not ask for mine at all.
"""

RECIPE = """\
1. Wash the lentils until the water runs clear, then leave them in a bowl for an hour.
2. Chop two onions and fry them in butter over a low flame.
3. Add the cumin, the turmeric and a pinch of salt.
4. Pour in the stock and bring it to the boil.
5. Add the lentils, cover the pot and turn the heat down.
6. Stir every ten minutes, so that nothing sticks to the bottom.
7. Peel the tomatoes, remove the seeds and cut them small.
8. Add the tomatoes and the juice of half a lemon.
9. Taste it, and add more salt if it needs it.
10. Serve it with flat bread, yoghurt and a few leaves of mint.
"""

TABLE = """\
| Station | Lit | Height | Light | Fog horn | Manned |
|---|---|---|---|---|---|
| North Rock | 1801 | 24 m | flashing | yes | no |
| South Rock | 1797 | 21 m | fixed | no | no |
| Black Head | 1902 | 16 m | flashing | yes | no |
| Mew Island | 1884 | 37 m | flashing | yes | no |
| Copeland | 1815 | 16 m | fixed | no | no |
| Donaghadee | 1836 | 17 m | fixed | yes | no |
| Angus Rock | 1983 | 13 m | flashing | no | no |
| Saint John | 1844 | 37 m | flashing | yes | no |
| Haulbowline | 1824 | 34 m | flashing | yes | no |
| Green Island | 1827 | 12 m | fixed | no | no |
| Vidal Bank | 1870 | 11 m | fixed | no | no |
| Rathlin East | 1856 | 27 m | flashing | yes | no |
| Rathlin West | 1919 | 18 m | flashing | yes | no |
| Inishowen | 1837 | 28 m | flashing | yes | no |
| Fanad Head | 1817 | 39 m | flashing | no | no |
| Tory Island | 1832 | 27 m | flashing | yes | no |
"""

CODE = """\
```python
class Lamp:
    def __init__(self, name, height):
        self.name = name
        self.height = height
        self.lit = False

    def light(self):
        if self.lit:
            raise ValueError("the lamp is lit")
        self.lit = True
        return self

    def put_out(self):
        if not self.lit:
            raise ValueError("the lamp is out")
        self.lit = False
        return self

    def raise_by(self, metres):
        if metres < 0:
            raise ValueError("metres must not be negative")
        self.height = self.height + metres
        return self

    def lower_by(self, metres):
        if metres > self.height:
            raise ValueError("metres must not be more than the height")
        self.height = self.height - metres
        return self
```
"""
