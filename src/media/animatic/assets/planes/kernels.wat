;; Makes the planes of a layer from a picture, and cleans the edges of a cut-out. All of it was plain sums and a library's resizing before, which
;; took as long as all frames took to draw.
;;
;; Pointers and lengths are bytes. Reads and writes may go up to 16 bytes behind what they are told of.
(module
  (memory (export "memory") 1)

  ;; The four sums of pairs of neighbours in two vectors.
  (func $addPairs (param $one v128) (param $other v128) (result v128)
    (i32x4.add
      (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27 (local.get $one) (local.get $other))
      (i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31 (local.get $one) (local.get $other))))

  ;; Four bytes of what each of four 32768ths is, rounded and `rest` more.
  (func $putLevels (param $to i32) (param $sums v128) (param $rest i32)
    (local.set $sums (i32x4.shr_s (i32x4.add (local.get $sums) (i32x4.splat (i32.const 16384))) (i32.const 15)))
    (local.set $sums (i32x4.add (local.get $sums) (i32x4.splat (local.get $rest))))
    (local.set $sums (i16x8.narrow_i32x4_s (local.get $sums) (local.get $sums)))
    (v128.store32_lane 0 (local.get $to) (i8x16.narrow_i16x8_u (local.get $sums) (local.get $sums))))

  ;; Straight sRGB of `stride` (3 or 4) bytes a pixel as planes of BT.709 with video range, and of its alpha where `alpha` isn't 0.
  (func (export "splitPlanes")
    (param $from i32) (param $count i32) (param $stride i32) (param $y i32) (param $u i32) (param $v i32) (param $alpha i32)
    (local $at i32) (local $pick v128) (local $low v128) (local $high v128)
    (local $forY v128) (local $forU v128) (local $forV v128)
    (local.set $pick (select (v128.const i8x16 0 1 2 -1 4 5 6 -1 8 9 10 -1 12 13 14 -1)
      (v128.const i8x16 0 1 2 -1 3 4 5 -1 6 7 8 -1 9 10 11 -1) (i32.eq (local.get $stride) (i32.const 4))))
    ;; the numbers of lumaOf in yuv-raster.ts; those of chroma come to nothing for grey
    (local.set $forY (v128.const i16x8 5983 20126 2032 0 5983 20126 2032 0))
    (local.set $forU (v128.const i16x8 -3297 -11095 14392 0 -3297 -11095 14392 0))
    (local.set $forV (v128.const i16x8 14392 -13071 -1321 0 14392 -13071 -1321 0))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $at) (local.get $count)))
      (local.set $low (v128.load (local.get $from)))
      (if (local.get $alpha) (then
        (local.set $high (i32x4.shr_u (local.get $low) (i32.const 24)))
        (local.set $high (i16x8.narrow_i32x4_s (local.get $high) (local.get $high)))
        (v128.store32_lane 0 (i32.add (local.get $alpha) (local.get $at)) (i8x16.narrow_i16x8_u (local.get $high) (local.get $high)))))
      (local.set $low (i8x16.swizzle (local.get $low) (local.get $pick)))
      (local.set $high (i16x8.extend_high_i8x16_u (local.get $low)))
      (local.set $low (i16x8.extend_low_i8x16_u (local.get $low)))
      (call $putLevels (i32.add (local.get $y) (local.get $at)) (call $addPairs
        (i32x4.dot_i16x8_s (local.get $low) (local.get $forY)) (i32x4.dot_i16x8_s (local.get $high) (local.get $forY))) (i32.const 16))
      (call $putLevels (i32.add (local.get $u) (local.get $at)) (call $addPairs
        (i32x4.dot_i16x8_s (local.get $low) (local.get $forU)) (i32x4.dot_i16x8_s (local.get $high) (local.get $forU))) (i32.const 128))
      (call $putLevels (i32.add (local.get $v) (local.get $at)) (call $addPairs
        (i32x4.dot_i16x8_s (local.get $low) (local.get $forV)) (i32x4.dot_i16x8_s (local.get $high) (local.get $forV))) (i32.const 128))
      (local.set $from (i32.add (local.get $from) (i32.shl (local.get $stride) (i32.const 2))))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (br $next))))

  ;; Eight bytes in 16 bits.
  (func $widen (param $from i32) (result v128) (v128.load8x8_u (local.get $from)))

  ;; Sixteen times the Catmull-Rom spline between four neighbours, halfway from the second to the third.
  (func $mix (param $first v128) (param $second v128) (param $third v128) (param $fourth v128) (result v128)
    (i16x8.sub
      (i16x8.mul (i16x8.splat (i32.const 9)) (i16x8.add (local.get $second) (local.get $third)))
      (i16x8.add (local.get $first) (local.get $fourth))))

  (func $least (param $one i32) (param $other i32) (result i32)
    (select (local.get $one) (local.get $other) (i32.lt_s (local.get $one) (local.get $other))))

  ;; Row `row` of a plane; one beyond its edges is the row at the edge.
  (func $rowAt (param $from i32) (param $width i32) (param $height i32) (param $row i32) (result i32)
    (i32.add (local.get $from) (i32.mul (local.get $width)
      (select (i32.const 0) (call $least (i32.sub (local.get $height) (i32.const 1)) (local.get $row))
        (i32.lt_s (local.get $row) (i32.const 0))))))

  ;; A plane at twice its size along both sides: every second row and column is one of its own, as libvips has it. `line` has room for a row of 16 bits
  ;; and 32 bytes more.
  (func (export "doublePlane") (param $from i32) (param $width i32) (param $height i32) (param $to i32) (param $line i32)
    (local $row i32) (local $column i32) (local $at i32) (local $levels v128)
    (local $first i32) (local $second i32) (local $third i32) (local $fourth i32) (local $own v128)
    (loop $nextRow
      (local.set $at (i32.shr_u (local.get $row) (i32.const 1)))
      (local.set $first (call $rowAt (local.get $from) (local.get $width) (local.get $height) (i32.sub (local.get $at) (i32.const 2))))
      (local.set $second (call $rowAt (local.get $from) (local.get $width) (local.get $height) (i32.sub (local.get $at) (i32.const 1))))
      (local.set $third (call $rowAt (local.get $from) (local.get $width) (local.get $height) (local.get $at)))
      (local.set $fourth (call $rowAt (local.get $from) (local.get $width) (local.get $height) (i32.add (local.get $at) (i32.const 1))))
      ;; down, in quarters of a level, with two columns before the row
      (local.set $column (i32.const 0))
      (local.set $at (i32.add (local.get $line) (i32.const 4)))
      (loop $next
        (v128.store (local.get $at) (if (result v128) (i32.eqz (i32.and (local.get $row) (i32.const 1)))
          (then (i16x8.shr_s (i16x8.add (i16x8.splat (i32.const 2)) (call $mix
            (call $widen (i32.add (local.get $first) (local.get $column))) (call $widen (i32.add (local.get $second) (local.get $column)))
            (call $widen (i32.add (local.get $third) (local.get $column))) (call $widen (i32.add (local.get $fourth) (local.get $column)))))
            (i32.const 2)))
          (else (i16x8.shl (call $widen (i32.add (local.get $third) (local.get $column))) (i32.const 2)))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br_if $next (i32.lt_s (local.tee $column (i32.add (local.get $column) (i32.const 8))) (local.get $width))))
      (i32.store16 (local.get $line) (i32.load16_u offset=4 (local.get $line)))
      (i32.store16 offset=2 (local.get $line) (i32.load16_u offset=4 (local.get $line)))
      (local.set $at (i32.add (local.get $line) (i32.shl (local.get $width) (i32.const 1))))
      (i32.store16 offset=4 (local.get $at) (i32.load16_u offset=2 (local.get $at)))
      ;; across
      (local.set $column (i32.const 0))
      (local.set $at (local.get $line))
      (loop $next
        (local.set $own (v128.load offset=4 (local.get $at)))
        (local.set $levels (i8x16.narrow_i16x8_u
          (i16x8.shr_s (i16x8.add (i16x8.splat (i32.const 32)) (call $mix (v128.load (local.get $at))
            (v128.load offset=2 (local.get $at)) (local.get $own) (v128.load offset=6 (local.get $at)))) (i32.const 6))
          (i16x8.shr_s (i16x8.add (local.get $own) (i16x8.splat (i32.const 2))) (i32.const 2))))
        (v128.store (i32.add (local.get $to) (i32.shl (local.get $column) (i32.const 1)))
          (i8x16.shuffle 0 8 1 9 2 10 3 11 4 12 5 13 6 14 7 15 (local.get $levels) (local.get $levels)))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br_if $next (i32.lt_s (local.tee $column (i32.add (local.get $column) (i32.const 8))) (local.get $width))))
      (local.set $to (i32.add (local.get $to) (i32.shl (local.get $width) (i32.const 1))))
      (br_if $nextRow (i32.lt_s (local.tee $row (i32.add (local.get $row) (i32.const 1))) (i32.shl (local.get $height) (i32.const 1))))))

  ;; Eight colors less what they rest at, times their cover, and the rest again.
  (func $cover (param $colors v128) (param $alphas v128) (param $rest v128) (result v128)
    (i16x8.add (local.get $rest) (i16x8.shr_s (i16x8.add (i16x8.splat (i32.const 64)) (i16x8.q15mulr_sat_s
      (i16x8.shl (i16x8.sub (local.get $colors) (local.get $rest)) (i32.const 7))
      ;; 255 becomes 32767
      (v128.or (i16x8.shl (local.get $alphas) (i32.const 7)) (i16x8.shr_u (local.get $alphas) (i32.const 1))))) (i32.const 7))))

  ;; Colors times their alphas around `rest`, in place.
  (func (export "premultiply") (param $color i32) (param $alpha i32) (param $count i32) (param $rest i32)
    (local $at i32) (local $colors v128) (local $alphas v128) (local $rests v128)
    (local.set $rests (i16x8.splat (local.get $rest)))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $at) (local.get $count)))
      (local.set $colors (v128.load (i32.add (local.get $color) (local.get $at))))
      (local.set $alphas (v128.load (i32.add (local.get $alpha) (local.get $at))))
      (v128.store (i32.add (local.get $color) (local.get $at)) (i8x16.narrow_i16x8_u
        (call $cover (i16x8.extend_low_i8x16_u (local.get $colors)) (i16x8.extend_low_i8x16_u (local.get $alphas)) (local.get $rests))
        (call $cover (i16x8.extend_high_i8x16_u (local.get $colors)) (i16x8.extend_high_i8x16_u (local.get $alphas)) (local.get $rests))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br $next))))

  ;; Red, green, blue and alpha of a pixel as whole numbers.
  (func $loadPixel (param $from i32) (result v128)
    (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero (local.get $from)))))

  ;; A pixel where it is opaque, with 1 in the place of its alpha; else nothing.
  (func $loadOpaque (param $from i32) (param $opaqueFrom i32) (result v128)
    (if (result v128) (i32.lt_u (i32.load8_u offset=3 (local.get $from)) (local.get $opaqueFrom))
      (then (v128.const i32x4 0 0 0 0))
      (else (i32x4.replace_lane 3 (call $loadPixel (local.get $from)) (i32.const 1)))))

  ;; For each square of 2 × 2 pixels of straight RGBA the means of its opaque colors and, behind them, the share of these: four 32-bit floats.
  (func (export "gatherOpaque") (param $from i32) (param $width i32) (param $height i32) (param $opaqueFrom i32) (param $to i32)
    (local $stride i32) (local $end i32) (local $below i32)
    (local.set $stride (i32.shl (local.get $width) (i32.const 2)))
    (loop $nextRow
      (local.set $end (i32.add (local.get $from) (local.get $stride)))
      (loop $next
        (local.set $below (i32.add (local.get $from) (local.get $stride)))
        (v128.store (local.get $to) (f32x4.mul (f32x4.splat (f32.const 0.25)) (f32x4.convert_i32x4_u (i32x4.add
          (i32x4.add (call $loadOpaque (local.get $from) (local.get $opaqueFrom))
            (call $loadOpaque (i32.add (local.get $from) (i32.const 4)) (local.get $opaqueFrom)))
          (i32x4.add (call $loadOpaque (local.get $below) (local.get $opaqueFrom))
            (call $loadOpaque (i32.add (local.get $below) (i32.const 4)) (local.get $opaqueFrom)))))))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (br_if $next (i32.lt_u (local.tee $from (i32.add (local.get $from) (i32.const 8))) (local.get $end))))
      (local.set $from (i32.add (local.get $from) (local.get $stride)))
      (br_if $nextRow (i32.gt_s (local.tee $height (i32.sub (local.get $height) (i32.const 2))) (i32.const 0)))))

  ;; The running means of four floats `step` bytes apart, of `radius` to either side; what lies outside counts as 0. Summed in 64 bits.
  (func $blurLine (param $from i32) (param $to i32) (param $step i32) (param $length i32) (param $radius i32)
    (local $share v128) (local $low v128) (local $high v128) (local $four v128) (local $at i32) (local $ahead i32) (local $behind i32)
    (local.set $share (f64x2.splat (f64.div (f64.const 1) (f64.convert_i32_s
      (i32.add (i32.const 1) (i32.shl (local.get $radius) (i32.const 1)))))))
    (local.set $ahead (local.get $from))
    (local.set $behind (local.get $from))
    (local.set $at (i32.sub (i32.const 0) (local.get $radius)))
    (loop $next
      (if (i32.lt_s (i32.add (local.get $at) (local.get $radius)) (local.get $length)) (then
        (local.set $four (v128.load (local.get $ahead)))
        (local.set $low (f64x2.add (local.get $low) (f64x2.promote_low_f32x4 (local.get $four))))
        (local.set $high (f64x2.add (local.get $high)
          (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $four) (local.get $four)))))
        (local.set $ahead (i32.add (local.get $ahead) (local.get $step)))))
      (if (i32.ge_s (local.get $at) (i32.const 0)) (then
        (v128.store (local.get $to) (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
          (f32x4.demote_f64x2_zero (f64x2.mul (local.get $low) (local.get $share)))
          (f32x4.demote_f64x2_zero (f64x2.mul (local.get $high) (local.get $share)))))
        (local.set $to (i32.add (local.get $to) (local.get $step)))))
      (if (i32.ge_s (local.get $at) (local.get $radius)) (then
        (local.set $four (v128.load (local.get $behind)))
        (local.set $low (f64x2.sub (local.get $low) (f64x2.promote_low_f32x4 (local.get $four))))
        (local.set $high (f64x2.sub (local.get $high)
          (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $four) (local.get $four)))))
        (local.set $behind (i32.add (local.get $behind) (local.get $step)))))
      (br_if $next (i32.lt_s (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $length)))))

  ;; Four channels of 32-bit floats, blurred by three box means in each direction; `scratch` has room for them.
  (func (export "blurFours") (param $fours i32) (param $columns i32) (param $rows i32) (param $radius i32) (param $scratch i32)
    (local $pass i32) (local $at i32) (local $stride i32)
    (local.set $stride (i32.shl (local.get $columns) (i32.const 4)))
    (local.set $pass (i32.const 3))
    (loop $next
      (local.set $at (i32.const 0))
      (loop $nextRow
        (call $blurLine (i32.add (local.get $fours) (i32.mul (local.get $at) (local.get $stride)))
          (i32.add (local.get $scratch) (i32.mul (local.get $at) (local.get $stride)))
          (i32.const 16) (local.get $columns) (local.get $radius))
        (br_if $nextRow (i32.lt_s (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $rows))))
      (local.set $at (i32.const 0))
      (loop $nextColumn
        (call $blurLine (i32.add (local.get $scratch) (i32.shl (local.get $at) (i32.const 4)))
          (i32.add (local.get $fours) (i32.shl (local.get $at) (i32.const 4)))
          (local.get $stride) (local.get $rows) (local.get $radius))
        (br_if $nextColumn (i32.lt_s (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $columns))))
      (br_if $next (local.tee $pass (i32.sub (local.get $pass) (i32.const 1))))))

  ;; A byte of what a color is for its share, rounded down.
  (func $putShare (param $to i32) (param $color f32) (param $share f64)
    (i32.store8 (local.get $to) (i32.trunc_sat_f64_u
      (f64.min (f64.const 255) (f64.div (f64.promote_f32 (local.get $color)) (local.get $share))))))

  ;; Pixels that aren't opaque take the colors around them from `fours`, as gatherOpaque has them, where more than a fiftieth is; each alpha
  ;; becomes what `alphas` has for it.
  (func (export "takeColors")
    (param $pixels i32) (param $width i32) (param $height i32) (param $opaqueFrom i32) (param $alphas i32) (param $fours i32)
    (local $row i32) (local $column i32) (local $alpha i32) (local $near i32) (local $share f64)
    (loop $nextRow
      (local.set $column (i32.const 0))
      (loop $next
        (local.set $alpha (i32.load8_u offset=3 (local.get $pixels)))
        (i32.store8 offset=3 (local.get $pixels) (i32.load8_u (i32.add (local.get $alphas) (local.get $alpha))))
        (if (i32.lt_u (local.get $alpha) (local.get $opaqueFrom)) (then
          (local.set $near (i32.add (local.get $fours) (i32.shl (i32.add (i32.shr_u (local.get $column) (i32.const 1))
            (i32.mul (i32.shr_u (local.get $row) (i32.const 1)) (i32.shr_u (local.get $width) (i32.const 1)))) (i32.const 4))))
          (local.set $share (f64.promote_f32 (f32.load offset=12 (local.get $near))))
          (if (f64.ge (local.get $share) (f64.const 0.02)) (then
            (call $putShare (local.get $pixels) (f32.load (local.get $near)) (local.get $share))
            (call $putShare (i32.add (local.get $pixels) (i32.const 1)) (f32.load offset=4 (local.get $near)) (local.get $share))
            (call $putShare (i32.add (local.get $pixels) (i32.const 2)) (f32.load offset=8 (local.get $near)) (local.get $share))))))
        (local.set $pixels (i32.add (local.get $pixels) (i32.const 4)))
        (br_if $next (i32.lt_s (local.tee $column (i32.add (local.get $column) (i32.const 1))) (local.get $width))))
      (br_if $nextRow (i32.lt_s (local.tee $row (i32.add (local.get $row) (i32.const 1))) (local.get $height))))))
