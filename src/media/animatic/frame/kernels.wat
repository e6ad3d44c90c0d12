;; Draws one plane of a layer over one plane of the frame, eight columns at once: the time of a frame was nearly all spent here.
;;
;; Pointers, strides and lengths are bytes. A group says for four columns of the frame where they lie in a row of the layer
;; (36 bytes: 16 that pick from the sixteen bytes at the offset, as 16-bit pairs, the left and the right neighbour of each column;
;; 8 weights of 16 bits, 256ths of left and right; the offset). Groups begin with the layer's first column in the frame. Where the layer is
;; enlarged, two groups lie within eight columns of it behind the offset of the first (`isNear`): these are sampled down once, and the
;; groups pick from their 16 bits. Picks are below 16, or pick a zero, and no product overflows, so that the relaxed instructions do the same everywhere.
;; `opacity` and cover are shares of 32767; `rest` is what premultiplied colors rest at. Sampling is bilinear: down in 256ths, halved
;; to stay within 15 bits, then across; it is rounded once. Reads may go up to 16 bytes behind a row, and bytes 0 to 15 are scratch.
(module
  (memory (export "memory") 1)

  ;; Whether groups are picked from eight columns.
  (global $isNear (mut i32) (i32.const 0))

  ;; Writes the first `count` (less than 8) of eight columns.
  (func $putFew (param $to i32) (param $columns v128) (param $count i32)
    (local $at i32)
    (v128.store (i32.const 0) (local.get $columns))
    (loop $next
      (i32.store8 (i32.add (local.get $to) (local.get $at)) (i32.load8_u (local.get $at)))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $count)))))

  ;; Puts columns of an opaque layer in place of what is there. `row` is the upper of its two rows, `part` 256ths towards the lower.
  (func $solid (param $to i32) (param $row i32) (param $stride i32) (param $part i32) (param $group i32) (param $count i32)
    (local $at i32) (local $high v128) (local $low v128) (local $half v128) (local $near i32)
    (local $left v128) (local $right v128) (local $columns v128)
    (local.set $near (global.get $isNear))
    (local.set $low (i16x8.splat (local.get $part)))
    (local.set $high (i16x8.splat (i32.sub (i32.const 256) (local.get $part))))
    (local.set $half (i32x4.splat (i32.const 16384)))
    (loop $next
      (local.set $at (i32.add (local.get $row) (i32.load offset=32 (local.get $group))))
      (if (local.get $near)
        (then
          (local.set $columns (i16x8.shr_u (i16x8.add
            (i16x8.mul (local.get $high) (v128.load8x8_u (local.get $at)))
            (i16x8.mul (local.get $low) (v128.load8x8_u (i32.add (local.get $at) (local.get $stride)))))
            (i32.const 1)))
          (local.set $left (i8x16.relaxed_swizzle (local.get $columns) (v128.load (local.get $group))))
          (local.set $right (i8x16.relaxed_swizzle (local.get $columns) (v128.load offset=36 (local.get $group)))))
        (else
          (local.set $columns (v128.load (local.get $group)))
          (local.set $left (i16x8.shr_u (i16x8.add
            (i16x8.mul (local.get $high) (i8x16.relaxed_swizzle (v128.load (local.get $at)) (local.get $columns)))
            (i16x8.mul (local.get $low) (i8x16.relaxed_swizzle (v128.load (i32.add (local.get $at) (local.get $stride))) (local.get $columns))))
            (i32.const 1)))
          (local.set $at (i32.add (local.get $row) (i32.load offset=68 (local.get $group))))
          (local.set $columns (v128.load offset=36 (local.get $group)))
          (local.set $right (i16x8.shr_u (i16x8.add
            (i16x8.mul (local.get $high) (i8x16.relaxed_swizzle (v128.load (local.get $at)) (local.get $columns)))
            (i16x8.mul (local.get $low) (i8x16.relaxed_swizzle (v128.load (i32.add (local.get $at) (local.get $stride))) (local.get $columns))))
            (i32.const 1)))))
      (local.set $columns (i16x8.narrow_i32x4_s
        (i32x4.shr_u (i32x4.add (local.get $half) (i32x4.dot_i16x8_s (v128.load offset=16 (local.get $group)) (local.get $left))) (i32.const 15))
        (i32x4.shr_u (i32x4.add (local.get $half) (i32x4.dot_i16x8_s (v128.load offset=52 (local.get $group)) (local.get $right))) (i32.const 15))))
      (local.set $columns (i8x16.narrow_i16x8_u (local.get $columns) (local.get $columns)))
      (if (i32.lt_s (local.get $count) (i32.const 8))
        (then (call $putFew (local.get $to) (local.get $columns) (local.get $count)))
        (else (v128.store64_lane 0 (local.get $to) (local.get $columns))))
      (local.set $to (i32.add (local.get $to) (i32.const 8)))
      (local.set $group (i32.add (local.get $group) (i32.const 72)))
      (br_if $next (i32.gt_s (local.tee $count (i32.sub (local.get $count) (i32.const 8))) (i32.const 0)))))

  ;; Lays columns over what is there. `alpha` is from the row of colors to that of alphas; 0 for an opaque layer.
  (func $soft (param $to i32) (param $row i32) (param $stride i32) (param $part i32) (param $group i32) (param $count i32)
    (param $alpha i32) (param $opacity i32) (param $rest i32)
    (local $at i32) (local $high v128) (local $low v128) (local $left v128) (local $right v128) (local $cover v128) (local $columns v128)
    (local $share v128) (local $all v128) (local $calm v128) (local $half v128) (local $near i32)
    (local.set $near (global.get $isNear))
    (local.set $low (i16x8.splat (local.get $part)))
    (local.set $high (i16x8.splat (i32.sub (i32.const 256) (local.get $part))))
    (local.set $share (i16x8.splat (local.get $opacity)))
    (local.set $all (i16x8.splat (i32.const 32767)))
    (local.set $calm (i16x8.splat (local.get $rest)))
    (local.set $half (i32x4.splat (i32.const 128)))
    (local.set $cover (local.get $all))
    (loop $next
      (block $drawn
        (if (local.get $alpha) (then
          (local.set $at (i32.add (local.get $alpha) (i32.add (local.get $row) (i32.load offset=32 (local.get $group)))))
          (if (local.get $near)
            (then
              (local.set $columns (i16x8.shr_u (i16x8.add
                (i16x8.mul (local.get $high) (v128.load8x8_u (local.get $at)))
                (i16x8.mul (local.get $low) (v128.load8x8_u (i32.add (local.get $at) (local.get $stride)))))
                (i32.const 1)))
              (local.set $left (i8x16.relaxed_swizzle (local.get $columns) (v128.load (local.get $group))))
              (local.set $right (i8x16.relaxed_swizzle (local.get $columns) (v128.load offset=36 (local.get $group)))))
            (else
              (local.set $columns (v128.load (local.get $group)))
              (local.set $left (i16x8.shr_u (i16x8.add
                (i16x8.mul (local.get $high) (i8x16.relaxed_swizzle (v128.load (local.get $at)) (local.get $columns)))
                (i16x8.mul (local.get $low) (i8x16.relaxed_swizzle (v128.load (i32.add (local.get $at) (local.get $stride))) (local.get $columns))))
                (i32.const 1)))
              (local.set $at (i32.add (local.get $alpha) (i32.add (local.get $row) (i32.load offset=68 (local.get $group)))))
              (local.set $columns (v128.load offset=36 (local.get $group)))
              (local.set $right (i16x8.shr_u (i16x8.add
                (i16x8.mul (local.get $high) (i8x16.relaxed_swizzle (v128.load (local.get $at)) (local.get $columns)))
                (i16x8.mul (local.get $low) (i8x16.relaxed_swizzle (v128.load (i32.add (local.get $at) (local.get $stride))) (local.get $columns))))
                (i32.const 1)))))
          (local.set $left (i32x4.dot_i16x8_s (v128.load offset=16 (local.get $group)) (local.get $left)))
          (local.set $right (i32x4.dot_i16x8_s (v128.load offset=52 (local.get $group)) (local.get $right)))
          ;; 255 of 32768ths times 257 / 65536 is 32767: nothing shines through what is opaque
          (local.set $cover (i16x8.narrow_i32x4_s
            (i32x4.shr_u (i32x4.add (local.get $left) (i32x4.shl (local.get $left) (i32.const 8))) (i32.const 16))
            (i32x4.shr_u (i32x4.add (local.get $right) (i32x4.shl (local.get $right) (i32.const 8))) (i32.const 16))))
          (br_if $drawn (i32.eqz (v128.any_true (local.get $cover))))))
        (local.set $at (i32.add (local.get $row) (i32.load offset=32 (local.get $group))))
        (if (local.get $near)
          (then
            (local.set $columns (i16x8.shr_u (i16x8.add
              (i16x8.mul (local.get $high) (v128.load8x8_u (local.get $at)))
              (i16x8.mul (local.get $low) (v128.load8x8_u (i32.add (local.get $at) (local.get $stride)))))
              (i32.const 1)))
            (local.set $left (i8x16.relaxed_swizzle (local.get $columns) (v128.load (local.get $group))))
            (local.set $right (i8x16.relaxed_swizzle (local.get $columns) (v128.load offset=36 (local.get $group)))))
          (else
            (local.set $columns (v128.load (local.get $group)))
            (local.set $left (i16x8.shr_u (i16x8.add
              (i16x8.mul (local.get $high) (i8x16.relaxed_swizzle (v128.load (local.get $at)) (local.get $columns)))
              (i16x8.mul (local.get $low) (i8x16.relaxed_swizzle (v128.load (i32.add (local.get $at) (local.get $stride))) (local.get $columns))))
              (i32.const 1)))
            (local.set $at (i32.add (local.get $row) (i32.load offset=68 (local.get $group))))
            (local.set $columns (v128.load offset=36 (local.get $group)))
            (local.set $right (i16x8.shr_u (i16x8.add
              (i16x8.mul (local.get $high) (i8x16.relaxed_swizzle (v128.load (local.get $at)) (local.get $columns)))
              (i16x8.mul (local.get $low) (i8x16.relaxed_swizzle (v128.load (i32.add (local.get $at) (local.get $stride))) (local.get $columns))))
              (i32.const 1)))))
        ;; 128ths of a level from here on
        (local.set $columns (i16x8.sub (i16x8.narrow_i32x4_s
          (i32x4.shr_u (i32x4.add (local.get $half) (i32x4.dot_i16x8_s (v128.load offset=16 (local.get $group)) (local.get $left))) (i32.const 8))
          (i32x4.shr_u (i32x4.add (local.get $half) (i32x4.dot_i16x8_s (v128.load offset=52 (local.get $group)) (local.get $right))) (i32.const 8)))
          (i16x8.shl (local.get $calm) (i32.const 7))))
        (local.set $left (i16x8.sub (i16x8.extend_low_i8x16_u (v128.load64_zero (local.get $to))) (local.get $calm)))
        (local.set $columns (i16x8.add_sat_s
          (i16x8.relaxed_q15mulr_s (local.get $columns) (local.get $share))
          (i16x8.relaxed_q15mulr_s (i16x8.shl (local.get $left) (i32.const 7))
            (i16x8.sub (local.get $all) (i16x8.relaxed_q15mulr_s (local.get $cover) (local.get $share))))))
        (local.set $columns (i16x8.add (local.get $calm)
          (i16x8.shr_s (i16x8.add_sat_s (local.get $columns) (i16x8.splat (i32.const 64))) (i32.const 7))))
        (local.set $columns (i8x16.narrow_i16x8_u (local.get $columns) (local.get $columns)))
        (if (i32.lt_s (local.get $count) (i32.const 8))
          (then (call $putFew (local.get $to) (local.get $columns) (local.get $count)))
          (else (v128.store64_lane 0 (local.get $to) (local.get $columns)))))
      (local.set $to (i32.add (local.get $to) (i32.const 8)))
      (local.set $group (i32.add (local.get $group) (i32.const 72)))
      (br_if $next (i32.gt_s (local.tee $count (i32.sub (local.get $count) (i32.const 8))) (i32.const 0)))))

  ;; Columns of a row from `from` to before `to` (counted from the layer's first) as they are drawn without a look at their runs.
  (func $any (param $at i32) (param $row i32) (param $stride i32) (param $part i32) (param $groups i32) (param $from i32) (param $to i32)
    (param $alpha i32) (param $opacity i32) (param $rest i32)
    (local $group i32) (local $count i32)
    (local.set $at (i32.add (local.get $at) (local.get $from)))
    (local.set $group (i32.add (local.get $groups) (i32.mul (i32.const 9) (local.get $from))))
    (local.set $count (i32.sub (local.get $to) (local.get $from)))
    (if (i32.le_s (local.get $count) (i32.const 0)) (then (return)))
    (if (i32.and (i32.eqz (local.get $alpha)) (i32.eq (local.get $opacity) (i32.const 32767)))
      (then (call $solid (local.get $at) (local.get $row) (local.get $stride) (local.get $part) (local.get $group) (local.get $count)))
      (else (call $soft (local.get $at) (local.get $row) (local.get $stride) (local.get $part) (local.get $group) (local.get $count)
        (local.get $alpha) (local.get $opacity) (local.get $rest)))))

  (func $least (param $one i32) (param $other i32) (result i32)
    (select (local.get $one) (local.get $other) (i32.lt_s (local.get $one) (local.get $other))))
  (func $most (param $one i32) (param $other i32) (result i32)
    (select (local.get $one) (local.get $other) (i32.gt_s (local.get $one) (local.get $other))))

  ;; All rows of a plane that the frame shows. `runs` (0: none) holds four 32-bit columns for each row of the layer, as
  ;; find-runs.ts says; the inside of a row is drawn as opaque, or left out where it is clear. Runs end at whole groups of eight.
  (func (export "drawPlane")
    (param $to i32) (param $toWidth i32) (param $toHeight i32)
    (param $color i32) (param $alpha i32) (param $stride i32) (param $height i32) ;; alpha: from colors to alphas
    (param $runs i32) (param $isClear i32)
    (param $groups i32) (param $near i32) (param $first i32) (param $end i32) ;; columns of the frame
    (param $left f64) (param $scaleX f64) (param $top f64) (param $scaleY f64)
    (param $opacity i32) (param $rest i32)
    (local $row i32) (local $rowEnd i32) (local $at f64) (local $upper i32) (local $part i32) (local $from i32) (local $line i32)
    (local $begin i32) (local $stop i32) (local $insideFirst i32) (local $insideEnd i32) (local $inner i32) (local $outer i32)
    (global.set $isNear (local.get $near))
    (local.set $row (call $most (i32.const 0) (i32.trunc_sat_f64_s (f64.ceil (f64.sub (local.get $top) (f64.const 0.5))))))
    (local.set $rowEnd (call $least (local.get $toHeight) (i32.trunc_sat_f64_s (f64.ceil (f64.sub
      (f64.add (local.get $top) (f64.mul (f64.convert_i32_s (local.get $height)) (local.get $scaleY))) (f64.const 0.5))))))
    (block $done (loop $next
      (br_if $done (i32.ge_s (local.get $row) (local.get $rowEnd)))
      (local.set $at (f64.sub (f64.div (f64.sub (f64.add (f64.convert_i32_s (local.get $row)) (f64.const 0.5)) (local.get $top))
        (local.get $scaleY)) (f64.const 0.5)))
      (local.set $at (f64.min (f64.convert_i32_s (i32.sub (local.get $height) (i32.const 1))) (f64.max (f64.const 0) (local.get $at))))
      (local.set $upper (call $least (i32.sub (local.get $height) (i32.const 2)) (i32.trunc_sat_f64_s (local.get $at))))
      (local.set $part (i32.trunc_sat_f64_s (f64.add (f64.const 0.5)
        (f64.mul (f64.const 256) (f64.sub (local.get $at) (f64.convert_i32_s (local.get $upper)))))))
      (local.set $from (i32.add (local.get $color) (i32.mul (local.get $upper) (local.get $stride))))
      (local.set $line (i32.add (local.get $to) (i32.add (local.get $first) (i32.mul (local.get $row) (local.get $toWidth)))))
      (local.set $row (i32.add (local.get $row) (i32.const 1)))
      (if (i32.eqz (local.get $runs))
        (then
          (call $any (local.get $line) (local.get $from) (local.get $stride) (local.get $part) (local.get $groups) (i32.const 0)
            (i32.sub (local.get $end) (local.get $first)) (local.get $alpha) (local.get $opacity) (local.get $rest))
          (br $next)))
      (local.set $upper (i32.add (local.get $runs) (i32.shl (local.get $upper) (i32.const 4))))
      ;; columns that have any alpha, from the layer's first in the frame
      (local.set $begin (i32.trunc_sat_f64_s (f64.floor (f64.add (local.get $left) (f64.mul (local.get $scaleX) (f64.convert_i32_s
        (i32.sub (call $least (i32.load (local.get $upper)) (i32.load offset=16 (local.get $upper))) (i32.const 1))))))))
      (local.set $stop (i32.trunc_sat_f64_s (f64.ceil (f64.add (local.get $left) (f64.mul (local.get $scaleX) (f64.convert_i32_s
        (i32.add (call $most (i32.load offset=4 (local.get $upper)) (i32.load offset=20 (local.get $upper))) (i32.const 1))))))))
      (local.set $begin (i32.and (i32.const -8) (call $most (i32.const 0) (i32.sub (local.get $begin) (local.get $first)))))
      (local.set $stop (call $least (i32.sub (local.get $end) (local.get $first))
        (i32.and (i32.const -8) (i32.add (i32.const 7) (i32.sub (local.get $stop) (local.get $first))))))
      (br_if $next (i32.ge_s (local.get $begin) (local.get $stop)))
      ;; columns of which both samples lie inside
      (local.set $insideFirst (call $most (i32.load offset=8 (local.get $upper)) (i32.load offset=24 (local.get $upper))))
      (local.set $insideEnd (call $least (i32.load offset=12 (local.get $upper)) (i32.load offset=28 (local.get $upper))))
      (local.set $inner (i32.trunc_sat_f64_s (f64.ceil (f64.sub (f64.add (local.get $left) (f64.mul (local.get $scaleX)
        (f64.add (f64.convert_i32_s (local.get $insideFirst)) (f64.const 0.5)))) (f64.const 0.5)))))
      (local.set $outer (i32.trunc_sat_f64_s (f64.floor (f64.sub (f64.add (local.get $left) (f64.mul (local.get $scaleX)
        (f64.sub (f64.convert_i32_s (local.get $insideEnd)) (f64.const 0.5)))) (f64.const 0.5)))))
      (local.set $inner (call $most (local.get $begin)
        (i32.and (i32.const -8) (i32.add (i32.const 7) (i32.sub (local.get $inner) (local.get $first))))))
      (local.set $outer (call $least (local.get $stop) (i32.and (i32.const -8) (i32.sub (local.get $outer) (local.get $first)))))
      (if (i32.or (i32.ge_s (local.get $insideFirst) (local.get $insideEnd)) (i32.ge_s (local.get $inner) (local.get $outer)))
        (then
          (call $any (local.get $line) (local.get $from) (local.get $stride) (local.get $part) (local.get $groups)
            (local.get $begin) (local.get $stop) (local.get $alpha) (local.get $opacity) (local.get $rest))
          (br $next)))
      (call $any (local.get $line) (local.get $from) (local.get $stride) (local.get $part) (local.get $groups)
        (local.get $begin) (local.get $inner) (local.get $alpha) (local.get $opacity) (local.get $rest))
      (if (i32.eqz (local.get $isClear))
        (then (call $any (local.get $line) (local.get $from) (local.get $stride) (local.get $part) (local.get $groups)
          (local.get $inner) (local.get $outer) (i32.const 0) (local.get $opacity) (local.get $rest))))
      (call $any (local.get $line) (local.get $from) (local.get $stride) (local.get $part) (local.get $groups)
        (local.get $outer) (local.get $stop) (local.get $alpha) (local.get $opacity) (local.get $rest))
      (br $next))))

  ;; Bytes from `to` to before `end` become 128ths of `plus` and what they have above `less` × times / 256, which is rounded.
  (func (export "mapLevels") (param $to i32) (param $end i32) (param $less i32) (param $times i32) (param $plus i32)
    (local $levels v128) (local $below v128) (local $factor v128) (local $more v128)
    (local.set $below (i8x16.splat (local.get $less)))
    (local.set $factor (i16x8.splat (local.get $times)))
    (local.set $more (i16x8.splat (local.get $plus)))
    (block $few
      (loop $next
        (br_if $few (i32.gt_u (i32.add (local.get $to) (i32.const 16)) (local.get $end)))
        (local.set $levels (i8x16.sub_sat_u (v128.load (local.get $to)) (local.get $below)))
        (v128.store (local.get $to) (i8x16.narrow_i16x8_u
          (i16x8.shr_u (i16x8.add (local.get $more) (i16x8.relaxed_q15mulr_s
            (i16x8.shl (i16x8.extend_low_i8x16_u (local.get $levels)) (i32.const 7)) (local.get $factor))) (i32.const 7))
          (i16x8.shr_u (i16x8.add (local.get $more) (i16x8.relaxed_q15mulr_s
            (i16x8.shl (i16x8.extend_high_i8x16_u (local.get $levels)) (i32.const 7)) (local.get $factor))) (i32.const 7))))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (br $next)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $to) (local.get $end)))
        (i32.store8 (local.get $to) (i32.shr_u (i32.add (local.get $plus) (i32.shr_u (i32.add (i32.const 128) (i32.mul (local.get $times)
          (call $most (i32.const 0) (i32.sub (i32.load8_u (local.get $to)) (local.get $less))))) (i32.const 8))) (i32.const 7)))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (br $next))))

  ;; Bytes from `to` to before `end` become (themselves × stays + over) / 256: one color over what is there.
  (func (export "mixPlain") (param $to i32) (param $end i32) (param $stays i32) (param $over i32)
    (local $under v128) (local $times v128) (local $plus v128)
    (local.set $times (i16x8.splat (local.get $stays)))
    (local.set $plus (i16x8.splat (local.get $over)))
    (block $few
      (loop $next
        (br_if $few (i32.gt_u (i32.add (local.get $to) (i32.const 16)) (local.get $end)))
        (local.set $under (v128.load (local.get $to)))
        (v128.store (local.get $to) (i8x16.narrow_i16x8_u
          (i16x8.shr_u (i16x8.add (local.get $plus) (i16x8.mul (local.get $times) (i16x8.extend_low_i8x16_u (local.get $under)))) (i32.const 8))
          (i16x8.shr_u (i16x8.add (local.get $plus) (i16x8.mul (local.get $times) (i16x8.extend_high_i8x16_u (local.get $under)))) (i32.const 8))))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (br $next)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $to) (local.get $end)))
        (i32.store8 (local.get $to) (i32.shr_u
          (i32.add (local.get $over) (i32.mul (local.get $stays) (i32.load8_u (local.get $to)))) (i32.const 8)))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (br $next)))))
